package org.uidnet.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.uidnet.programs.Counters;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Interface.Place;
import org.uidnet.stats.attribution.Attribution;
import org.uidnet.stats.attribution.DeltaKey;

/**
 * Says of what was counted whose it was. Only UIDs on interfaces of the host that tunnels or
 * translation concern take part; of two interfaces of one name, the one that came last.
 */
final class SeriesAttribution {
  private final Attribution attribution;
  private final Books books;
  private final Map<String, Integer> concerned = new HashMap<>();

  SeriesAttribution(Attribution attribution, Books books) {
    this.attribution = attribution;
    this.books = books;
    for (String name : attribution.ifaces()) {
      books.ofHost(name).ifPresent(id -> concerned.put(name, id));
    }
  }

  /** Takes what was attributed to a series; its own number of the interface is not told. */
  @FunctionalInterface
  interface Consumer {
    void take(Series series, Interface iface, Traffic traffic);
  }

  /** Usage of one interval by number of the series; no operations. */
  void apply(Map<Integer, long[]> usage) {
    Map<DeltaKey, Traffic> rows = new HashMap<>();
    usage.entrySet().removeIf(entry -> takesPart(entry, rows));
    attribution.applyApart(rows).forEach((key, traffic) -> put(usage, key, traffic));
  }

  private boolean takesPart(Map.Entry<Integer, long[]> entry, Map<DeltaKey, Traffic> rows) {
    Series series = books.series().get(entry.getKey());
    Optional<DeltaKey> key = key(series, books.interfaces().get(series.iface()));
    key.ifPresent(row -> rows.put(row, Values.traffic(entry.getValue(), 0)));
    return key.isPresent();
  }

  private void put(Map<Integer, long[]> usage, DeltaKey key, Traffic traffic) {
    if (!traffic.isZero()) {
      int iface = concerned.getOrDefault(key.iface(), Interface.UNKNOWN_ID);
      usage.put(books.series().idOf(series(key, iface)), Values.usage(traffic));
    }
  }

  /** The same of what was counted since. */
  void apply(Map<SlotId, Counters> counted, Consumer consumer) {
    Map<DeltaKey, Traffic> rows = new HashMap<>();
    counted.forEach(
        (id, counters) -> {
          Interface iface = books.peek(new Place(id.netns(), id.ifindex()));
          Series series = Series.of(id, Interface.UNKNOWN_ID);
          Optional<DeltaKey> key = key(series, iface);
          key.ifPresent(row -> rows.merge(row, counters.wire(), Traffic::plus));
          if (key.isEmpty()) {
            consumer.take(series, iface, counters.wire());
          }
        });
    attribution
        .applyApart(rows)
        .forEach(
            (key, traffic) ->
                consumer.take(series(key, Interface.UNKNOWN_ID), iface(key.iface()), traffic));
  }

  private Interface iface(String name) {
    return books.interfaces().get(concerned.getOrDefault(name, Interface.UNKNOWN_ID));
  }

  /** Empty: it does not take part. */
  private Optional<DeltaKey> key(Series series, Interface iface) {
    Integer id = concerned.get(iface.label());
    boolean takesPart =
        series.kind() == Kind.UID && id != null && books.interfaces().get(id).equals(iface);
    return takesPart
        ? Optional.of(
            new DeltaKey(iface.label(), series.uid(), series.set().number(), series.tag()))
        : Optional.empty();
  }

  private static Series series(DeltaKey key, int iface) {
    return new Series(Kind.UID, key.uid(), key.tag(), CounterSet.of(key.set()), iface);
  }
}
