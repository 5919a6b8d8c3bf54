package org.uidnet.firewall;

import java.time.Duration;
import java.util.Optional;

/**
 * On whose behalf a change is made, and how.
 *
 * @param confirmWithin the change is undone unless confirmed in that time, also by a daemon that
 *     started meanwhile. Undoing puts the chain or document back as it was before, with what was
 *     changed in it later
 * @param strict removing what is not there is Android's error
 */
public record Terms(Author by, Optional<Duration> confirmWithin, boolean strict) {
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  public Terms {
    confirmWithin.ifPresent(Terms::check);
  }

  private static void check(Duration wait) {
    if (wait.isNegative() || wait.isZero() || wait.compareTo(LONGEST_WAIT) > 0) {
      throw FirewallException.invalid(
          "cannot wait " + wait + " for a confirmation: give more than nothing and at most a day");
    }
  }

  public static Terms of(Author by) {
    return new Terms(by, Optional.empty(), false);
  }

  public Terms confirmedWithin(Duration wait) {
    return new Terms(by, Optional.of(wait), strict);
  }

  public Terms strictly() {
    return new Terms(by, confirmWithin, true);
  }
}
