package org.uidnet.stats.attribution;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.uidnet.programs.Traffic;

/**
 * What must be known of a host to say whose its traffic was.
 *
 * @param translated interfaces on which IPv4 is translated to IPv6 below (464XLAT)
 */
public record Attribution(Set<String> translated, Tunnels tunnels) {
  /** Whose counters it is, whose traffic it was. */
  public static final Attribution NONE = new Attribution(Set.of(), Tunnels.NONE);

  /** An IPv6 header is so much longer than one of IPv4; fragments are not looked at. */
  private static final int LONGER_HEADER = 20;

  public Attribution {
    translated = Set.copyOf(translated);
  }

  /** Names of all interfaces that it concerns. */
  public Set<String> ifaces() {
    Set<String> all = new HashSet<>(translated);
    for (Tunnel tunnel : tunnels.inOrder()) {
      all.add(tunnel.iface());
      all.addAll(tunnel.underlying());
    }
    return all;
  }

  /** Whether what the interface carries is told of those below it, too. */
  public boolean isTunnel(String iface) {
    return tunnels.inOrder().stream().anyMatch(tunnel -> tunnel.iface().equals(iface));
  }

  /**
   * As {@link #apply}, of rows that are each counted apart: the untagged row of a UID is what it
   * had without tags.
   */
  public Map<DeltaKey, Traffic> applyApart(Map<DeltaKey, Traffic> deltas) {
    return TotalRows.parted(apply(TotalRows.of(deltas)));
  }

  /**
   * Moves traffic to whom it belongs, the packets of each interface below a tunnel unchanged in
   * all.
   *
   * @param deltas what was counted since the last time, never totals: tunnels come and go. The
   *     untagged row of a UID holds its tagged ones too
   * @return all rows, moved ones among them, none negative
   */
  public Map<DeltaKey, Traffic> apply(Map<DeltaKey, Traffic> deltas) {
    Map<DeltaKey, Traffic> rows = new LinkedHashMap<>(deltas);
    rows.replaceAll((key, traffic) -> translated.contains(key.iface()) ? onWire(traffic) : traffic);
    for (Tunnel tunnel : tunnels.inOrder()) {
      rows = tunnel.owner().isPresent() ? new Migration(tunnel, rows).done() : copied(tunnel, rows);
    }
    return rows;
  }

  private static Traffic onWire(Traffic traffic) {
    return new Traffic(
        traffic.rxBytes() + traffic.rxPackets() * LONGER_HEADER,
        traffic.rxPackets(),
        traffic.txBytes() + traffic.txPackets() * LONGER_HEADER,
        traffic.txPackets());
  }

  /**
   * A tunnel of the kernel's own: its packets below are counted for nobody, so what is on the
   * tunnel is added there, without overhead. Which of several interfaces they took is not known.
   */
  private static Map<DeltaKey, Traffic> copied(Tunnel tunnel, Map<DeltaKey, Traffic> rows) {
    Map<DeltaKey, Traffic> more = new LinkedHashMap<>(rows);
    for (String first : tunnel.underlying().stream().limit(1).toList()) {
      rows.forEach(
          (key, traffic) -> {
            if (key.iface().equals(tunnel.iface())) {
              more.merge(key.on(first), traffic, Traffic::plus);
            }
          });
    }
    return more;
  }
}
