package org.uidnet.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.uidnet.stats.Tiers.Span;

/**
 * Buckets of one tier, in order; none overlap. Immutable. Three years have 26,000 hours, and each
 * row of an answer looks one up: so they are arrays.
 */
final class Spans {
  static final Spans NONE = new Spans(new int[0], new int[0]);

  private final int[] starts;
  private final int[] ends;

  private Spans(int[] starts, int[] ends) {
    this.starts = starts;
    this.ends = ends;
  }

  /** In any order. */
  static Spans of(Collection<Span> spans) {
    List<Span> sorted = spans.stream().sorted(Comparator.comparingInt(Span::start)).toList();
    return new Spans(
        sorted.stream().mapToInt(Span::start).toArray(),
        sorted.stream().mapToInt(Span::end).toArray());
  }

  boolean isEmpty() {
    return starts.length == 0;
  }

  int size() {
    return starts.length;
  }

  Span get(int index) {
    return new Span(starts[index], ends[index]);
  }

  int end(int index) {
    return ends[index];
  }

  Span first() {
    return get(0);
  }

  Span last() {
    return get(size() - 1);
  }

  /** Index of the last one that begins at the tick or before; -1 if all begin later. */
  int floor(int tick) {
    int at = Arrays.binarySearch(starts, tick);
    return at >= 0 ? at : -at - 2;
  }

  /** Index of the first one that begins at the tick or later; {@link #size} if all begin before. */
  int ceiling(int tick) {
    int at = Arrays.binarySearch(starts, tick);
    return at >= 0 ? at : -at - 1;
  }

  /** Those from an index to before another. */
  List<Span> list(int from, int until) {
    return IntStream.range(from, until).mapToObj(this::get).toList();
  }

  /** Those that begin at the tick or later. */
  Spans from(int tick) {
    int first = ceiling(tick);
    return new Spans(
        Arrays.copyOfRange(starts, first, size()), Arrays.copyOfRange(ends, first, size()));
  }

  /** As {@code this} with one more, which overlaps none. */
  Spans with(Span span) {
    int at = ceiling(span.start());
    return new Spans(inserted(starts, at, span.start()), inserted(ends, at, span.end()));
  }

  private static int[] inserted(int[] values, int at, int value) {
    int[] more = Arrays.copyOf(values, values.length + 1);
    System.arraycopy(values, at, more, at + 1, values.length - at);
    more[at] = value;
    return more;
  }
}
