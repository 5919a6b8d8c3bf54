package org.uidnet.api.model;

import java.util.Optional;

/** Makes a custom chain: {@code POST /v1/firewall/chains}. */
public record NewChain(Optional<String> chain, Optional<ChainKind> kind) {}
