package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Rule;

/**
 * Which addresses are local, and who may not reach them: {@code /v1/firewall/local-network}.
 *
 * @param prefixes the longest that fits decides
 */
public record LocalNetwork(Optional<List<Item>> prefixes, Optional<List<Long>> deniedUids) {
  /**
   * A prefix.
   *
   * @param rule DENY: local; ALLOW: not so, within a larger one
   */
  public record Item(Optional<String> prefix, Optional<Rule> rule) {}
}
