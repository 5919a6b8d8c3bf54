package org.uidnet.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.uidnet.stats.share.Proportion;

/**
 * How what was counted in an interval falls into buckets: in proportion to time, and exactly. The
 * newest share is taken first and the oldest gets what rounding left, as Android does. Hours share
 * first, then the five minutes in each: so hours hold what they would if there were nothing finer.
 */
final class Spread {
  private final int[] ticks;
  private final long[] overlaps;

  /** The first piece of each hour, and one more than the last piece of all. */
  private final int[] hours;

  private Spread(List<long[]> pieces, BucketCalendar calendar) {
    ticks = pieces.stream().mapToInt(piece -> Tick.of(piece[0])).toArray();
    overlaps = pieces.stream().mapToLong(piece -> piece[1] - piece[0]).toArray();
    hours =
        IntStream.rangeClosed(0, ticks.length)
            .filter(piece -> piece % ticks.length == 0 || beginsHour(piece, calendar))
            .toArray();
  }

  private boolean beginsHour(int piece, BucketCalendar calendar) {
    return calendar.start(Resolution.HOUR, ticks[piece])
        != calendar.start(Resolution.HOUR, ticks[piece - 1]);
  }

  /**
   * Buckets for {@code [from, to)} milliseconds; an empty interval is one bucket.
   *
   * @param finest shares of the buckets of this resolution are told apart, if not too many
   */
  static Spread over(
      long from, long to, BucketCalendar calendar, Resolution finest, int keys, int maxRows) {
    for (Resolution grain : finest.andCoarser()) {
      List<long[]> pieces = pieces(from, to, calendar, grain, maxRows);
      if ((long) pieces.size() * keys <= maxRows || grain == Resolution.MONTH) {
        return new Spread(pieces, calendar);
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
    for (int column = 0; column < values.length; column++) {
      long[] ofColumn = split(values[column]);
      for (int piece = 0; piece < ofColumn.length; piece++) {
        shares[piece][column] = ofColumn[piece];
      }
    }
    return shares;
  }

  private long[] split(long value) {
    long[] shares = new long[ticks.length];
    long rest = value;
    long time = time(0, ticks.length);
    for (int hour = hours.length - 2; hour >= 0; hour--) {
      long ofHour = time(hours[hour], hours[hour + 1]);
      long share = Proportion.floor(rest, ofHour, time);
      splitHour(share, hours[hour], hours[hour + 1], shares);
      rest -= share;
      time -= ofHour;
    }
    return shares;
  }

  /**
   * Each piece gets what is missing to the share of all later ones and itself: so the last half of
   * an hour has half of it, as if there were nothing finer.
   */
  private void splitHour(long value, int first, int after, long[] shares) {
    long time = time(first, after);
    long shared = 0;
    long later = 0;
    for (int piece = after - 1; piece >= first; piece--) {
      later += overlaps[piece];
      long upToHere = Proportion.floor(value, later, time);
      shares[piece] = upToHere - shared;
      shared = upToHere;
    }
  }

  private long time(int first, int after) {
    return Arrays.stream(overlaps, first, after).sum();
  }
}
