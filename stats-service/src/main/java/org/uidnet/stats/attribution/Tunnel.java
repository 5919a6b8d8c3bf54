package org.uidnet.stats.attribution;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A VPN.
 *
 * @param iface the interface that its apps see
 * @param owner UID under which its own packets are counted on the interfaces below; empty where
 *     they are counted under none, because the kernel makes them
 * @param underlying the interfaces that its own packets may take; the first is charged where the
 *     owner is empty
 */
public record Tunnel(String iface, Optional<Long> owner, List<String> underlying) {
  public Tunnel {
    underlying = List.copyOf(underlying);
    if (Set.copyOf(underlying).size() != underlying.size()) {
      throw new IllegalArgumentException(iface + " lists an underlying interface twice");
    }
  }

  boolean isOwner(DeltaKey key) {
    return owner.isPresent() && owner.get() == key.uid();
  }
}
