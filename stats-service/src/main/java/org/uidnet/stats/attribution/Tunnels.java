package org.uidnet.stats.attribution;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All VPNs of a host. Those come first whose packets go through others, so that what an app sent
 * moves down from one to the next.
 */
public record Tunnels(List<Tunnel> inOrder) {
  public static final Tunnels NONE = new Tunnels(List.of());

  /**
   * @throws IllegalArgumentException if two are the same interface, or one goes through itself
   */
  public Tunnels {
    inOrder = new Sorter(inOrder).sort();
  }

  /** Names of those whose own packets are counted as any: the kernel's own are not. */
  public Set<String> ofOwners() {
    return inOrder.stream()
        .filter(tunnel -> tunnel.owner().isPresent())
        .map(Tunnel::iface)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Depth first: a tunnel is ready when all below it are. */
  private static final class Sorter {
    private final Map<String, Tunnel> byIface = new LinkedHashMap<>();
    private final Set<String> entered = new LinkedHashSet<>();
    private final List<Tunnel> lowestFirst = new ArrayList<>();

    Sorter(List<Tunnel> tunnels) {
      for (Tunnel tunnel : tunnels) {
        if (byIface.putIfAbsent(tunnel.iface(), tunnel) != null) {
          throw new IllegalArgumentException("tunnel " + tunnel.iface() + " is there twice");
        }
      }
    }

    List<Tunnel> sort() {
      byIface.values().forEach(this::enter);
      List<Tunnel> sorted = new ArrayList<>(lowestFirst);
      Collections.reverse(sorted);
      return List.copyOf(sorted);
    }

    private void enter(Tunnel tunnel) {
      if (lowestFirst.contains(tunnel)) {
        return;
      }
      if (!entered.add(tunnel.iface())) {
        throw new IllegalArgumentException("tunnels go through each other: " + entered);
      }
      for (String below : tunnel.underlying()) {
        Optional.ofNullable(byIface.get(below)).ifPresent(this::enter);
      }
      entered.remove(tunnel.iface());
      lowestFirst.add(tunnel);
    }
  }
}
