package org.uidnet.api.model;

import java.util.Optional;

/** Switches a chain: {@code PUT /v1/firewall/chains/{chain}}. */
public record ChainSwitch(Optional<Boolean> enabled) {}
