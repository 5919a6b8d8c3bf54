package org.uidnet.stats.attribution;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.uidnet.programs.Traffic;

/**
 * Between rows that are counted apart and rows as Android has them, where the untagged one of a UID
 * holds its tagged ones too. Pure.
 */
final class TotalRows {
  private TotalRows() {}

  static Map<DeltaKey, Traffic> of(Map<DeltaKey, Traffic> apart) {
    Map<DeltaKey, Traffic> rows = new LinkedHashMap<>();
    apart.forEach(
        (key, traffic) -> {
          rows.merge(total(key), traffic, Traffic::plus);
          if (!key.isTotal()) {
            rows.put(key, traffic);
          }
        });
    return rows;
  }

  static Map<DeltaKey, Traffic> parted(Map<DeltaKey, Traffic> rows) {
    Map<DeltaKey, SortedMap<Long, Traffic>> tags = new LinkedHashMap<>();
    rows.forEach(
        (key, traffic) -> {
          if (!key.isTotal()) {
            tags.computeIfAbsent(total(key), all -> new TreeMap<>()).put(key.tag(), traffic);
          }
        });
    Map<DeltaKey, Traffic> apart = new LinkedHashMap<>();
    rows.forEach(
        (key, traffic) -> {
          if (key.isTotal()) {
            part(key, traffic, tags.getOrDefault(key, new TreeMap<>()), apart);
          }
        });
    return apart;
  }

  /**
   * What is deducted from the owner of a tunnel is deducted from its total alone. Where less is
   * left than its tags have, they get less too, the highest first: a part is never more than all.
   */
  private static void part(
      DeltaKey key, Traffic total, SortedMap<Long, Traffic> tags, Map<DeltaKey, Traffic> apart) {
    Traffic left = total;
    for (Map.Entry<Long, Traffic> tag : tags.entrySet()) {
      Traffic tagged = Migration.smaller(tag.getValue(), left);
      apart.put(new DeltaKey(key.iface(), key.uid(), key.set(), tag.getKey()), tagged);
      left = left.minus(tagged);
    }
    apart.put(key, left);
  }

  private static DeltaKey total(DeltaKey key) {
    return new DeltaKey(key.iface(), key.uid(), key.set(), 0);
  }
}
