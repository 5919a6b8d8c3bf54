package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/** Addresses of the host that only one interface may receive: {@code …/ingress-discard}. */
public record IngressDiscard(Optional<List<Item>> addresses) {
  /** One of them. */
  public record Item(Optional<String> address, Optional<String> iface) {}
}
