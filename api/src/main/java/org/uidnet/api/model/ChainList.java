package org.uidnet.api.model;

import java.util.List;

/** Android's chains in their order, then custom ones by name: {@code GET /v1/firewall/chains}. */
public record ChainList(List<ChainDocument> chains) {
  public ChainList {
    chains = List.copyOf(chains);
  }
}
