package org.uidnet.stats;

import java.util.Arrays;
import org.uidnet.stats.Tiers.Span;

/**
 * Usage by bucket, in order. Buckets mostly come in order, too, and then take their place at the
 * end without a search.
 */
final class SumsOfSpans {
  private long[] spans = new long[64];
  private Sums[] sums = new Sums[64];
  private int size;

  /** Takes a bucket and what is in it. */
  @FunctionalInterface
  interface Consumer {
    void sums(Span span, Sums sums);
  }

  int size() {
    return size;
  }

  /** What is in a bucket, to be added to. */
  Sums of(Span span) {
    long packed = Tick.row(span.start(), span.end());
    int at = isBeyondLast(packed) ? -size - 1 : Arrays.binarySearch(spans, 0, size, packed);
    return at >= 0 ? sums[at] : insert(-at - 1, packed);
  }

  private boolean isBeyondLast(long packed) {
    return size == 0 || packed > spans[size - 1];
  }

  private Sums insert(int at, long packed) {
    if (size == spans.length) {
      spans = Arrays.copyOf(spans, 2 * size);
      sums = Arrays.copyOf(sums, 2 * size);
    }
    System.arraycopy(spans, at, spans, at + 1, size - at);
    System.arraycopy(sums, at, sums, at + 1, size - at);
    spans[at] = packed;
    sums[at] = new Sums();
    size++;
    return sums[at];
  }

  void forEach(Consumer consumer) {
    for (int i = 0; i < size; i++) {
      consumer.sums(new Span(Tick.tickOf(spans[i]), Tick.idOf(spans[i])), sums[i]);
    }
  }
}
