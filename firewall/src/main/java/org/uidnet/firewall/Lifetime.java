package org.uidnet.firewall;

import java.time.Duration;
import java.time.Instant;

/** How long a temporary rule holds. */
public sealed interface Lifetime {
  /** Time that passes, time asleep included; a change of the clock does not matter. */
  record For(Duration duration) implements Lifetime {
    /** Ten years: what is longer is not temporary. */
    static final Duration LONGEST = Duration.ofDays(3660);

    public For {
      if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
        throw FirewallException.invalid(
            "a rule cannot hold for " + duration + ": give more than nothing and at most 10 years");
      }
    }
  }

  /** The wall clock decides. */
  record Until(Instant end) implements Lifetime {}

  record UntilReboot() implements Lifetime {}
}
