package org.uidnet.api;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.uidnet.stats.Usage;

/**
 * Which UIDs have series of their own, so that a host with thousands of them does not fill a
 * Prometheus. Who has once keeps them, so that the sum of the others never falls. Thread-safe.
 */
final class ShownUids {
  private final int most;
  private final Set<Long> shown = new HashSet<>();

  ShownUids(int most) {
    this.most = most;
  }

  /** Lets in UIDs of the rows while there is room, who used most first; answers all there are. */
  synchronized Set<Long> admit(List<Usage.Row> rows) {
    bytes(rows).entrySet().stream()
        .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder()))
        .map(Map.Entry::getKey)
        .filter(uid -> !shown.contains(uid))
        .limit(most - shown.size())
        .forEachOrdered(shown::add);
    return Set.copyOf(shown);
  }

  private static Map<Long, Long> bytes(List<Usage.Row> rows) {
    return rows.stream()
        .filter(row -> row.key().uid().isPresent())
        .collect(
            Collectors.toMap(
                row -> row.key().uid().orElseThrow(),
                row -> row.traffic().rxBytes() + row.traffic().txBytes(),
                Long::sum));
  }
}
