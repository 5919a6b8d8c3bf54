package org.uidnet.stats;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uidnet.stats.Usage.Bucket;
import org.uidnet.stats.Usage.Row;

/** Buckets of a history being added up. */
final class HistoryBuckets {
  private static final int MAX_BUCKETS = 5_000;

  private final HistoryPlan plan;
  private final Groups groups;
  private final SumsOfSpans sums = new SumsOfSpans();

  /** Where buckets of recordings fall, by tick: those of all keys begin at the same times. */
  private final Map<Integer, Tiers.Span> ofImports = new HashMap<>();

  private int lastTick = Integer.MIN_VALUE;
  private Optional<Tiers.Span> last = Optional.empty();
  private boolean mixed;

  HistoryBuckets(HistoryPlan plan, Groups groups) {
    this.plan = plan;
    this.groups = groups;
  }

  void add(Resolution tier, int tick, int series, long[] values) {
    int[] lines = groups.of(series);
    if (lines.length == 0) {
      return;
    }
    if (tick != lastTick) {
      lastTick = tick;
      last = plan.bucket(tier, tick);
    }
    last.ifPresent(
        span -> {
          mixed |= tier.compareTo(plan.resolution()) > 0;
          add(span, lines, values);
        });
  }

  /** A bucket of a recording, of any length: longer ones than asked for stay whole. */
  void addImported(int series, long start, long length, long[] values) {
    int[] lines = groups.of(series);
    Tiers.Span span = bucketAt(Tick.of(start));
    if (length > Tick.millis(span.end() - span.start())) {
      Tiers.Span longer = new Tiers.Span(Tick.of(start), Tick.ceil(start + length));
      mixed |= plan.beginsInRange(longer);
      addIfInRange(longer, lines, values);
    } else if (start + length <= Tick.millis(span.end())) {
      addIfInRange(span, lines, values);
    } else {
      addShares(start, start + length, lines, values);
    }
  }

  private Tiers.Span bucketAt(int tick) {
    return ofImports.computeIfAbsent(tick, plan::bucketAt);
  }

  private void addShares(long from, long to, int[] lines, long[] values) {
    Spread spread = Spread.over(from, to, plan.calendar(), plan.resolution(), 1, Integer.MAX_VALUE);
    long[][] shares = spread.split(values);
    for (int piece = 0; piece < shares.length; piece++) {
      addIfInRange(bucketAt(spread.tick(piece)), lines, shares[piece]);
    }
  }

  private void addIfInRange(Tiers.Span span, int[] lines, long[] values) {
    if (plan.beginsInRange(span)) {
      add(span, lines, values);
    }
  }

  private void add(Tiers.Span span, int[] lines, long[] values) {
    sums.of(span).add(lines, values);
    if (sums.size() > MAX_BUCKETS) {
      throw new IllegalArgumentException(
          "more than "
              + MAX_BUCKETS
              + " buckets: choose a shorter range or a coarser resolution than "
              + plan.resolution().label());
    }
  }

  /** Whether some are longer than asked for. */
  boolean isMixed() {
    return mixed;
  }

  List<Bucket> list(long namesAt, boolean byDay) {
    List<Bucket> buckets = new ArrayList<>(sums.size());
    List<Row> rows = new ArrayList<>();
    sums.forEach(
        (span, values) -> {
          Instant begin = Tick.instant(span.start());
          Instant end = Tick.instant(span.end());
          Optional<LocalDate> day =
              byDay
                  ? Optional.of(begin.atZone(plan.calendar().zone()).toLocalDate())
                  : Optional.empty();
          Queries.addRows(rows, groups, values, namesAt, day);
          Queries.sorted(rows).forEach(row -> buckets.add(new Bucket(begin, end, row)));
          rows.clear();
        });
    return buckets;
  }
}
