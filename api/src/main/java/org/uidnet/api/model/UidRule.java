package org.uidnet.api.model;

import java.util.Optional;
import org.uidnet.firewall.Rule;

/**
 * A UID's rule on a chain: {@code GET /v1/firewall/chains/{chain}/uids/{uid}}.
 *
 * @param rule {@code ALLOW} or {@code DENY}
 * @param until when it ends: a time, or {@code reboot}; absent if it does not
 */
public record UidRule(String chain, long uid, Rule rule, Optional<String> until) {}
