package org.uidnet.api;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uidnet.api.model.UsageRates;
import org.uidnet.api.model.UsageRates.Rate;
import org.uidnet.api.model.UsageRates.Row;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage;

/**
 * Everybody's counters at one moment; two of them make rates.
 *
 * @param nanos of a clock that only runs forward
 */
record RateSample(Instant time, long nanos, List<Usage.Row> rows) {
  private static final double NANOS = 1e9;
  private static final Comparator<Row> BUSIEST_FIRST =
      Comparator.comparing((Row row) -> row.rate().bytesPerSecond()).reversed();

  RateSample {
    rows = List.copyOf(rows);
  }

  private record Key(Kind kind, Optional<Long> uid) {
    static Key of(Usage.Row row) {
      return new Key(row.key().kind(), row.key().uid());
    }
  }

  /** What flowed since an earlier one. */
  UsageRates since(RateSample before) {
    Map<Key, Traffic> old = new HashMap<>();
    before.rows.forEach(row -> old.put(Key.of(row), row.traffic()));
    double seconds = (nanos - before.nanos) / NANOS;
    List<Row> busy =
        rows.stream()
            .map(row -> row(row, old.getOrDefault(Key.of(row), Traffic.NONE), seconds))
            .filter(row -> !row.rate().equals(Rate.NONE))
            .sorted(BUSIEST_FIRST)
            .toList();
    return new UsageRates(time, seconds, busy, total(busy));
  }

  static Rate total(List<Row> rows) {
    return rows.stream().map(Row::rate).reduce(Rate.NONE, Rate::plus);
  }

  private static Row row(Usage.Row row, Traffic before, double seconds) {
    Traffic more = row.traffic().minus(before);
    Rate rate =
        new Rate(
            perSecond(more.rxBytes(), seconds),
            perSecond(more.rxPackets(), seconds),
            perSecond(more.txBytes(), seconds),
            perSecond(more.txPackets(), seconds));
    return new Row(row.key().kind(), row.key().uid(), row.key().name(), rate);
  }

  /** A counter that fell is of a new epoch, or of a UID that was removed: nothing flowed back. */
  private static long perSecond(long count, double seconds) {
    return seconds <= 0 ? 0 : Math.round(Math.max(0, count) / seconds);
  }
}
