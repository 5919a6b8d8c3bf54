package org.uidnet.stats;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which buckets of the coarser tiers are complete, and from where on each tier has rows. Immutable.
 *
 * <pre>
 *           floor(5m)          watermark(1h)   now
 *   5m         [=====================|==========
 *   1h   [====|====|====|====|====|==]
 *   1d   ...=======|==============]  watermark(1d)
 * </pre>
 *
 * Complete buckets of a tier do not overlap. Where there is none before the watermark, there was no
 * traffic. A floor is always the end of a complete bucket of the next coarser tier, so a coarser
 * bucket has either all of its finer rows or none.
 */
final class Tiers {
  private static final List<Resolution> COARSEST_FIRST =
      List.of(Resolution.MONTH, Resolution.DAY, Resolution.HOUR, Resolution.FIVE_MINUTES);

  private final Map<Resolution, Spans> complete;
  private final Map<Resolution, Integer> floors;

  private Tiers(Map<Resolution, Spans> complete, Map<Resolution, Integer> floors) {
    this.complete = complete;
    this.floors = floors;
  }

  /** A bucket of any length, in ticks; {@code end} is not part of it. */
  record Span(int start, int end) implements Comparable<Span> {
    /** By start, then end. */
    @Override
    public int compareTo(Span other) {
      return start == other.start
          ? Integer.compare(end, other.end)
          : Integer.compare(start, other.start);
    }
  }

  static Tiers none() {
    return new Builder().build();
  }

  /** Takes them from the store. */
  static final class Builder {
    private final Map<Resolution, List<Span>> complete = new EnumMap<>(Resolution.class);
    private final Map<Resolution, Integer> floors = new EnumMap<>(Resolution.class);

    void span(Resolution tier, Span span) {
      complete.computeIfAbsent(tier, key -> new ArrayList<>()).add(span);
    }

    void floor(Resolution tier, int tick) {
      floors.put(tier, tick);
    }

    Tiers build() {
      Map<Resolution, Spans> spans = new EnumMap<>(Resolution.class);
      complete.forEach((tier, list) -> spans.put(tier, Spans.of(list)));
      return new Tiers(spans, floors);
    }
  }

  /** As {@code this} with one more complete bucket. */
  Tiers with(Resolution tier, Span span) {
    return new Tiers(replaced(complete, tier, spans(tier).with(span)), floors);
  }

  /** As {@code this} without rows of the tier before a tick. */
  Tiers withFloor(Resolution tier, int floor) {
    return new Tiers(
        replaced(complete, tier, spans(tier).from(floor)), replaced(floors, tier, floor));
  }

  private static <T> Map<Resolution, T> replaced(
      Map<Resolution, T> values, Resolution tier, T value) {
    Map<Resolution, T> other = new EnumMap<>(Resolution.class);
    other.putAll(values);
    other.put(tier, value);
    return other;
  }

  static Resolution finer(Resolution tier) {
    return finerThan(tier).get(0);
  }

  static Resolution coarser(Resolution tier) {
    List<Resolution> coarser = coarserThan(tier);
    return coarser.get(coarser.size() - 1);
  }

  /** The coarsest first. */
  static List<Resolution> coarserThan(Resolution tier) {
    return COARSEST_FIRST.subList(0, COARSEST_FIRST.indexOf(tier));
  }

  /** The coarsest first. */
  static List<Resolution> finerThan(Resolution tier) {
    return COARSEST_FIRST.subList(COARSEST_FIRST.indexOf(tier) + 1, COARSEST_FIRST.size());
  }

  /** Rows of the tier before this tick are not to be used. */
  int floor(Resolution tier) {
    return floors.getOrDefault(tier, Integer.MIN_VALUE);
  }

  /**
   * Everything before this tick is in complete buckets of the tier, as far as it has not fallen.
   */
  int watermark(Resolution tier) {
    Spans spans = spans(tier);
    return spans.isEmpty() ? floor(tier) : spans.last().end();
  }

  Spans spans(Resolution tier) {
    return complete.getOrDefault(tier, Spans.NONE);
  }

  /** The complete bucket that holds the tick. */
  Optional<Span> at(Resolution tier, int tick) {
    Spans spans = spans(tier);
    int index = spans.floor(tick);
    return index >= 0 && tick < spans.end(index) ? Optional.of(spans.get(index)) : Optional.empty();
  }

  private Optional<Span> floor(Resolution tier, int tick) {
    int index = spans(tier).floor(tick);
    return index < 0 ? Optional.empty() : Optional.of(spans(tier).get(index));
  }

  /** The end of the last complete bucket that ends at the tick or before. */
  Optional<Integer> lastEnd(Resolution tier, int tick) {
    return floor(tier, tick - 1).map(span -> span.end() <= tick ? span.end() : span.start());
  }

  /**
   * Whether what falls into a five-minute bucket must be written to this tier at once: to the
   * finest always, to the others where their roll-up was already made (the clock went back, or
   * traffic of long ago is imported).
   */
  boolean takes(Resolution tier, int tick) {
    return tick >= floor(tier) && (tier == Resolution.FIVE_MINUTES || tick < watermark(tier));
  }

  /**
   * The bucket of a tick for which there is no complete one yet. It is fitted between its
   * neighbours and into coarser buckets, and holds finer ones whole: after a change of the time
   * zone old and new buckets would overlap otherwise.
   */
  Span fit(Resolution tier, int tick, BucketCalendar calendar) {
    Span span =
        new Span(
            Math.max(calendar.start(tier, tick), floor(tier)),
            holdFiner(tier, calendar.end(tier, tick)));
    span = fitInto(tier, tick, span);
    for (Resolution coarse : coarserThan(tier)) {
      span = fitInto(coarse, tick, span);
    }
    return span;
  }

  private int holdFiner(Resolution tier, int end) {
    return tier == Resolution.HOUR ? end : at(finer(tier), end - 1).map(Span::end).orElse(end);
  }

  private Span fitInto(Resolution tier, int tick, Span span) {
    Spans spans = spans(tier);
    int after = spans.ceiling(tick + 1);
    int end = after == spans.size() ? span.end() : Math.min(span.end(), spans.get(after).start());
    return floor(tier, tick)
        .map(before -> fitBetween(before, tick, span.start(), end))
        .orElse(new Span(span.start(), end));
  }

  private static Span fitBetween(Span before, int tick, int start, int end) {
    return before.end() <= tick
        ? new Span(Math.max(start, before.end()), end)
        : new Span(Math.max(start, before.start()), Math.min(end, before.end()));
  }
}
