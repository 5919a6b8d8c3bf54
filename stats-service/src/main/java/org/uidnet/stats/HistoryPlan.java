package org.uidnet.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which rows tell of the buckets of a resolution that begin in a range of time, and into which
 * bucket each row falls. Pure.
 *
 * <pre>
 *        floor            watermark
 *   -------|-----------------|---------->
 *   coarser|   resolution    | finer, added up here
 * </pre>
 */
record HistoryPlan(
    Tiers tiers, BucketCalendar calendar, Resolution resolution, long from, long to) {

  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    addCoarser(parts);
    add(parts, resolution, tiers.floor(resolution), watermark());
    addFiner(parts);
    return parts;
  }

  /** The bucket of a row, if it begins in the range. */
  Optional<Tiers.Span> bucket(Resolution tier, int tick) {
    Tiers.Span span = tier.compareTo(resolution) >= 0 ? ownBucket(tier, tick) : coming(tick);
    return beginsInRange(span) ? Optional.of(span) : Optional.empty();
  }

  /**
   * The bucket that holds a tick, however long ago, and whether there are rows of its own or not.
   */
  Tiers.Span bucketAt(int tick) {
    if (resolution == Resolution.FIVE_MINUTES) {
      return new Tiers.Span(tick, tick + 1);
    }
    return tick < tiers.floor(resolution)
        ? new Tiers.Span(calendar.start(resolution, tick), calendar.end(resolution, tick))
        : tiers.at(resolution, tick).orElseGet(() -> coming(tick));
  }

  boolean beginsInRange(Tiers.Span span) {
    return Tick.millis(span.start()) >= from && Tick.millis(span.start()) < to;
  }

  /**
   * When the last bucket ends, which begins before the end of the range but may go on beyond it.
   */
  long end() {
    return Tick.millis(endOfLast());
  }

  private Tiers.Span ownBucket(Resolution tier, int tick) {
    return tier == Resolution.FIVE_MINUTES
        ? new Tiers.Span(tick, tick + 1)
        : tiers.at(tier, tick).orElseGet(() -> new Tiers.Span(tick, calendar.end(tier, tick)));
  }

  /** A bucket that is not complete yet. */
  private Tiers.Span coming(int tick) {
    return tiers.fit(resolution, tick, calendar);
  }

  private void addCoarser(List<Part> parts) {
    for (Resolution tier : Tiers.coarserThan(resolution)) {
      add(parts, tier, tiers.floor(tier), tiers.floor(Tiers.finer(tier)));
    }
  }

  private void addFiner(List<Part> parts) {
    int done = watermark();
    for (Resolution tier : Tiers.finerThan(resolution)) {
      int until = tier == Resolution.FIVE_MINUTES ? Integer.MAX_VALUE : tiers.watermark(tier);
      addUpTo(parts, tier, done, Math.min(until, endOfLast()));
      done = Math.max(done, until);
    }
  }

  private int watermark() {
    return resolution == Resolution.FIVE_MINUTES ? Integer.MAX_VALUE : tiers.watermark(resolution);
  }

  /** The last bucket begins before the end of the range, but may go on beyond it. */
  private int endOfLast() {
    return to == 0 ? 0 : calendar.end(resolution, Tick.of(to - 1));
  }

  private void add(List<Part> parts, Resolution tier, int first, int until) {
    addUpTo(parts, tier, first, Math.min(until, Tick.ceil(to)));
  }

  private void addUpTo(List<Part> parts, Resolution tier, int first, int until) {
    int start = Math.max(first, Tick.ceil(from));
    if (start < until) {
      parts.add(Part.whole(tier, start, until - 1));
    }
  }
}
