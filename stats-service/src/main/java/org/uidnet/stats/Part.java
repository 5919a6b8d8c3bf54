package org.uidnet.stats;

import org.uidnet.stats.share.Proportion;

/**
 * Rows of one tier that belong to a range of time: those of the buckets that begin at {@code first}
 * to {@code last}, both included, and which share of each.
 */
record Part(Resolution tier, int first, int last, Share share) {
  /**
   * The part from {@code from} to {@code to} of a bucket that lasts for {@code span}, in
   * milliseconds. The difference of two floors: shares of adjacent ranges add up to the whole.
   */
  record Share(long from, long to, long span) {
    static final Share WHOLE = new Share(0, 1, 1);

    long of(long value) {
      return Proportion.floor(value, to, span) - Proportion.floor(value, from, span);
    }
  }

  static Part whole(Resolution tier, int first, int last) {
    return new Part(tier, first, last, Share.WHOLE);
  }

  boolean isWhole() {
    return share.equals(Share.WHOLE);
  }

  int ticks() {
    return last - first + 1;
  }
}
