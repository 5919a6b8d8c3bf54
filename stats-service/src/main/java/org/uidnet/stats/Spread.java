package org.uidnet.stats;

import java.util.ArrayList;
import java.util.List;
import org.uidnet.stats.share.Proportion;

/**
 * How what was counted in an interval falls into buckets: in proportion to time, and exactly. The
 * newest share is taken first and the oldest gets what rounding left, as Android does.
 */
final class Spread {
  private final int[] ticks;
  private final long[] overlaps;
  private final long length;

  private Spread(List<long[]> pieces) {
    ticks = pieces.stream().mapToInt(piece -> Tick.of(piece[0])).toArray();
    overlaps = pieces.stream().mapToLong(piece -> piece[1] - piece[0]).toArray();
    length = pieces.get(pieces.size() - 1)[1] - pieces.get(0)[0];
  }

  /**
   * Buckets for {@code [from, to)} milliseconds; an empty interval is one bucket.
   *
   * @param finest shares of the buckets of this resolution are told apart, if not too many
   */
  static Spread over(
      long from, long to, BucketCalendar calendar, Resolution finest, int keys, int maxRows) {
    for (Resolution grain : finest.andCoarser()) {
      Spread spread = new Spread(pieces(from, to, calendar, grain, maxRows));
      if ((long) spread.ticks.length * keys <= maxRows || grain == Resolution.MONTH) {
        return spread;
      }
    }
    throw new AssertionError("unreachable");
  }

  /**
   * After a long time without polls the shares of whole hours, days or months are put into the
   * first five-minute bucket of each, so that ten thousand keys do not become millions of rows. The
   * detail would have been invented anyway.
   */
  private static List<long[]> pieces(
      long from, long to, BucketCalendar calendar, Resolution grain, int max) {
    List<long[]> pieces = new ArrayList<>();
    long at = from;
    do {
      long end = Math.max(at, Math.min(to, Tick.millis(calendar.end(grain, Tick.of(at)))));
      pieces.add(new long[] {at, end});
      at = end;
    } while (at < to && (pieces.size() <= max || grain == Resolution.MONTH));
    return pieces;
  }

  int size() {
    return ticks.length;
  }

  /** The bucket of a piece. */
  int tick(int piece) {
    return ticks[piece];
  }

  /** Shares of the values by piece; each value's shares add up to it. */
  long[][] split(long[] values) {
    if (ticks.length == 1) {
      return new long[][] {values};
    }
    long[][] shares = new long[ticks.length][values.length];
    for (int i = 0; i < values.length; i++) {
      split(values[i], i, shares);
    }
    return shares;
  }

  private void split(long value, int column, long[][] shares) {
    long rest = value;
    long time = length;
    for (int piece = ticks.length - 1; piece > 0; piece--) {
      long share = Proportion.floor(rest, overlaps[piece], time);
      shares[piece][column] = share;
      rest -= share;
      time -= overlaps[piece];
    }
    shares[0][column] = rest;
  }
}
