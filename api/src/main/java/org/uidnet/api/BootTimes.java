package org.uidnet.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.uidnet.stats.Host;

/**
 * Moments by the wall clock that the kernel tells as time since boot. When somebody sets the wall
 * clock, times follow. Thread-safe.
 */
final class BootTimes {
  /** Smaller differences come from the two clocks being read one after the other. */
  private static final Duration SAME = Duration.ofMillis(2);

  private final Clock clock;
  private final Host.Elapsed elapsed;
  private Instant boot = Instant.EPOCH;

  BootTimes(Clock clock, Host.Elapsed elapsed) {
    this.clock = clock;
    this.elapsed = elapsed;
  }

  synchronized Instant at(long nanosSinceBoot) {
    Instant now = clock.instant().minusNanos(elapsed.nanos());
    if (Duration.between(boot, now).abs().compareTo(SAME) > 0) {
      boot = now;
    }
    return boot.plusNanos(nanosSinceBoot);
  }
}
