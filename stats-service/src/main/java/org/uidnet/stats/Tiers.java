package org.uidnet.stats;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

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

  private final Map<Resolution, NavigableMap<Integer, Integer>> complete;
  private final Map<Resolution, Integer> floors;

  private Tiers(
      Map<Resolution, NavigableMap<Integer, Integer>> complete, Map<Resolution, Integer> floors) {
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
    private final Map<Resolution, NavigableMap<Integer, Integer>> complete =
        new EnumMap<>(Resolution.class);
    private final Map<Resolution, Integer> floors = new EnumMap<>(Resolution.class);

    void span(Resolution tier, Span span) {
      complete.computeIfAbsent(tier, key -> new TreeMap<>()).put(span.start(), span.end());
    }

    void floor(Resolution tier, int tick) {
      floors.put(tier, tick);
    }

    Tiers build() {
      return new Tiers(complete, floors);
    }
  }

  /** As {@code this} with one more complete bucket. */
  Tiers with(Resolution tier, Span span) {
    Map<Resolution, NavigableMap<Integer, Integer>> more = new EnumMap<>(Resolution.class);
    more.putAll(complete);
    NavigableMap<Integer, Integer> spans = new TreeMap<>(spans(tier));
    spans.put(span.start(), span.end());
    more.put(tier, spans);
    return new Tiers(more, floors);
  }

  /** As {@code this} without rows of the tier before a tick. */
  Tiers withFloor(Resolution tier, int floor) {
    Map<Resolution, NavigableMap<Integer, Integer>> fewer = new EnumMap<>(Resolution.class);
    fewer.putAll(complete);
    fewer.put(tier, new TreeMap<>(spans(tier).tailMap(floor, true)));
    Map<Resolution, Integer> raised = new EnumMap<>(Resolution.class);
    raised.putAll(floors);
    raised.put(tier, floor);
    return new Tiers(fewer, raised);
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
    NavigableMap<Integer, Integer> spans = spans(tier);
    return spans.isEmpty() ? floor(tier) : spans.lastEntry().getValue();
  }

  NavigableMap<Integer, Integer> spans(Resolution tier) {
    return complete.getOrDefault(tier, new TreeMap<>());
  }

  /** The complete bucket that holds the tick. */
  Optional<Span> at(Resolution tier, int tick) {
    return Optional.ofNullable(spans(tier).floorEntry(tick))
        .map(entry -> new Span(entry.getKey(), entry.getValue()))
        .filter(span -> tick < span.end());
  }

  /** The end of the last complete bucket that ends at the tick or before. */
  Optional<Integer> lastEnd(Resolution tier, int tick) {
    return Optional.ofNullable(spans(tier).lowerEntry(tick))
        .map(entry -> entry.getValue() <= tick ? entry.getValue() : entry.getKey());
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
    Map.Entry<Integer, Integer> before = spans(tier).floorEntry(tick);
    Integer after = spans(tier).higherKey(tick);
    int start = span.start();
    int end = after == null ? span.end() : Math.min(span.end(), after);
    if (before != null && before.getValue() <= tick) {
      return new Span(Math.max(start, before.getValue()), end);
    }
    return before == null
        ? new Span(start, end)
        : new Span(Math.max(start, before.getKey()), Math.min(end, before.getValue()));
  }
}
