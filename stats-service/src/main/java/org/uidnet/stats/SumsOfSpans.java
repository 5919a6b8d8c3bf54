package org.uidnet.stats;

import java.util.Arrays;
import org.uidnet.stats.Tiers.Span;

/**
 * Usage by bucket, in order. The buckets of each series come in order, too, so the next one asked
 * for mostly comes after the last one, or at the end, and is not searched for.
 */
final class SumsOfSpans {
  private long[] spans = new long[64];
  private Sums[] sums = new Sums[64];
  private int size;
  private int last = -1;

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
    int at = place(packed);
    last = at >= 0 ? at : -at - 1;
    if (at < 0) {
      insert(last, packed);
    }
    return sums[last];
  }

  /** As of a binary search: negative where there is none yet. */
  private int place(long packed) {
    int next = last + 1;
    if (next < size && spans[next] == packed) {
      return next;
    }
    return size == 0 || packed > spans[size - 1]
        ? -size - 1
        : Arrays.binarySearch(spans, 0, size, packed);
  }

  private void insert(int at, long packed) {
    if (size == spans.length) {
      spans = Arrays.copyOf(spans, 2 * size);
      sums = Arrays.copyOf(sums, 2 * size);
    }
    System.arraycopy(spans, at, spans, at + 1, size - at);
    System.arraycopy(sums, at, sums, at + 1, size - at);
    spans[at] = packed;
    sums[at] = new Sums();
    size++;
  }

  void forEach(Consumer consumer) {
    for (int i = 0; i < size; i++) {
      consumer.sums(new Span(Tick.tickOf(spans[i]), Tick.idOf(spans[i])), sums[i]);
    }
  }
}
