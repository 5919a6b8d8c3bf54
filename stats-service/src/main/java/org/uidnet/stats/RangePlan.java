package org.uidnet.stats;

import java.util.ArrayList;
import java.util.List;
import org.uidnet.stats.Part.Share;
import org.uidnet.stats.Tiers.Span;

/**
 * Which rows tell of a range of time: the coarsest complete buckets within it, finer ones at its
 * edges, and a share of the bucket that an edge cuts. Pure.
 */
final class RangePlan {
  private final Tiers tiers;
  private final long asOf;
  private final List<Part> parts = new ArrayList<>();

  private RangePlan(Tiers tiers, long asOf) {
    this.tiers = tiers;
    this.asOf = asOf;
  }

  /**
   * Parts for the ranges between the cuts, in milliseconds. The bucket that {@code asOf} falls into
   * ends there: whoever asks for its end or later gets all of it. Later buckets hold operations
   * only, and all of them at their beginning.
   */
  static List<Part> of(Tiers tiers, long[] cuts, long asOf) {
    RangePlan plan = new RangePlan(tiers, asOf);
    for (int i = 1; i < cuts.length; i++) {
      plan.cover(Resolution.MONTH, cuts[i - 1], cuts[i]);
    }
    return plan.parts;
  }

  private void cover(Resolution tier, long from, long to) {
    if (from >= to) {
      return;
    }
    if (tier == Resolution.FIVE_MINUTES) {
      coverFinest(from, to);
      return;
    }
    for (Span span : spans(tier, from, to)) {
      coverSpan(tier, span.start(), span.end(), from, to);
    }
    cover(Tiers.finer(tier), Math.max(from, Tick.millis(tiers.watermark(tier))), to);
  }

  private List<Span> spans(Resolution tier, long from, long to) {
    Spans spans = tiers.spans(tier);
    return spans.list(Math.max(spans.floor(Tick.of(from)), 0), spans.ceiling(Tick.ceil(to)));
  }

  private void coverSpan(Resolution tier, int start, int end, long from, long to) {
    long begin = Math.max(from, Tick.millis(start));
    long until = Math.min(to, Tick.millis(end));
    if (begin >= until) {
      return;
    }
    if (until - begin == Tick.millis(end - start)) {
      whole(tier, start, start);
    } else if (start >= tiers.floor(Tiers.finer(tier))) {
      cover(Tiers.finer(tier), begin, until);
    } else {
      share(tier, start, begin, until, Tick.millis(end));
    }
  }

  private void coverFinest(long from, long to) {
    int first = Tick.ceil(from);
    int last = Tick.of(to);
    if (first > last) {
      shareOfFinest(last, from, to);
      return;
    }
    if (Tick.millis(first) > from) {
      shareOfFinest(first - 1, from, Tick.millis(first));
    }
    if (first < last) {
      whole(Resolution.FIVE_MINUTES, first, last - 1);
    }
    if (Tick.millis(last) < to) {
      shareOfFinest(last, Tick.millis(last), to);
    }
  }

  private void shareOfFinest(int bucket, long from, long to) {
    long start = Tick.millis(bucket);
    long end = bucket < Tick.of(asOf) ? start + Tick.MILLIS : Math.max(asOf, start + 1);
    share(Resolution.FIVE_MINUTES, bucket, Math.min(from, end), Math.min(to, end), end);
  }

  private void share(Resolution tier, int bucket, long from, long to, long end) {
    long start = Tick.millis(bucket);
    if (from == start && to == end) {
      whole(tier, bucket, bucket);
    } else if (from < to) {
      parts.add(new Part(tier, bucket, bucket, new Share(from - start, to - start, end - start)));
    }
  }

  /** Whole buckets of a tier that come one after the other are read in one go. */
  private void whole(Resolution tier, int first, int last) {
    int previous = parts.size() - 1;
    if (previous >= 0 && parts.get(previous).tier() == tier && parts.get(previous).isWhole()) {
      parts.set(previous, Part.whole(tier, parts.get(previous).first(), last));
    } else {
      parts.add(Part.whole(tier, first, last));
    }
  }
}
