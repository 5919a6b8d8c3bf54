package org.uidnet.stats.attribution;

import java.util.LinkedHashMap;
import java.util.Map;
import org.uidnet.programs.Traffic;

/** What was counted, written down as in Android's tests: bytes and packets received, then sent. */
final class Deltas {
  static final long RED = 10_001;
  static final long BLUE = 10_002;
  static final long VPN = 10_004;

  private final Map<DeltaKey, Traffic> rows = new LinkedHashMap<>();

  Deltas row(String iface, long uid, long rx, long rxPackets, long tx, long txPackets) {
    return row(new DeltaKey(iface, uid, 0, 0), rx, rxPackets, tx, txPackets);
  }

  Deltas row(DeltaKey key, long rx, long rxPackets, long tx, long txPackets) {
    rows.put(key, new Traffic(rx, rxPackets, tx, txPackets));
    return this;
  }

  Map<DeltaKey, Traffic> rows() {
    return rows;
  }

  /** The rows of one interface that are not zero. */
  static Map<DeltaKey, Traffic> on(String iface, Map<DeltaKey, Traffic> rows) {
    Map<DeltaKey, Traffic> found = new LinkedHashMap<>(rows);
    found.entrySet().removeIf(row -> !row.getKey().iface().equals(iface));
    found.values().removeIf(Traffic::isZero);
    return found;
  }

  /** Untagged rows of one interface together. */
  static Traffic total(String iface, Map<DeltaKey, Traffic> rows) {
    Map<DeltaKey, Traffic> found = on(iface, rows);
    found.keySet().removeIf(key -> key.tag() != 0);
    return found.values().stream().reduce(Traffic.NONE, Traffic::plus);
  }
}
