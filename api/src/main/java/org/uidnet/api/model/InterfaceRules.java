package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/**
 * Packets of these UIDs come in through that interface only: {@code /v1/firewall/interface-rules}.
 */
public record InterfaceRules(Optional<List<Item>> rules) {
  /**
   * One of them.
   *
   * @param iface its name, or {@code *} for any
   */
  public record Item(Optional<Long> uid, Optional<String> iface) {}
}
