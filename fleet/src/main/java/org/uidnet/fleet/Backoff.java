package org.uidnet.fleet;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures: longer after each, and never as long as others do. A thousand
 * hosts lose their database at the same moment, and must not find it again at the same moment.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final RandomGenerator random;
  private Duration most = FIRST;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** Half of what it may be at most, and a random part of the other half. */
  Duration next() {
    Duration wait = between(most.dividedBy(2), most);
    most = most.multipliedBy(2).compareTo(LONGEST) < 0 ? most.multipliedBy(2) : LONGEST;
    return wait;
  }

  Duration between(Duration least, Duration most) {
    return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos() + 1));
  }

  void reset() {
    most = FIRST;
  }
}
