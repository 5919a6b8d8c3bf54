package org.uidnet.firewall;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** Where the use of a quota leads to. Pure. */
final class Pace {
  /** What Android looks back to, and how much too fast is rapid. */
  static final Duration RECENT = Duration.ofDays(4);

  /** After less than so much of a cycle its use says nothing about its end. */
  private static final int SHARE_BEFORE_FORECAST = 100;

  private Pace() {}

  /**
   * What the cycle comes to if its rest is used as fast as what is over of it: {@code used × length
   * / elapsed}. Empty in the first hundredth of it.
   */
  static OptionalLong forecast(long used, Cycle.Span cycle, Instant now) {
    Duration elapsed = Duration.between(cycle.start(), now);
    return elapsed.compareTo(cycle.length().dividedBy(SHARE_BEFORE_FORECAST)) < 0
        ? OptionalLong.empty()
        : OptionalLong.of(Math.max(used, scaled(used, cycle.length(), elapsed)));
  }

  /** What a cycle comes to at the pace of {@link #RECENT}. */
  static long projected(long recent, Duration cycle) {
    return scaled(recent, cycle, RECENT);
  }

  /** More than 3/2 of the limit, rounded down. */
  static boolean isRapid(long projected, long limit) {
    return limit <= Long.MAX_VALUE - limit / 2 && projected > limit + limit / 2;
  }

  /** Who used more than half. */
  static OptionalLong blamed(Map<Long, Long> byUid) {
    long total = total(byUid);
    return byUid.entrySet().stream()
        .filter(use -> use.getValue() > total - use.getValue())
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  static long total(Map<Long, Long> byUid) {
    return byUid.values().stream().mapToLong(Long::longValue).sum();
  }

  private static long scaled(long bytes, Duration to, Duration from) {
    BigInteger scaled =
        BigInteger.valueOf(bytes)
            .multiply(BigInteger.valueOf(to.toMillis()))
            .divide(BigInteger.valueOf(Math.max(1, from.toMillis())));
    return scaled.bitLength() < Long.SIZE ? scaled.longValue() : Long.MAX_VALUE;
  }
}
