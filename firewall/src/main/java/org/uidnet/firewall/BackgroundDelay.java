package org.uidnet.firewall;

import java.time.Duration;

/**
 * How long a UID whose processes went to the background is not yet taken to be there: Android's
 * {@code mBackgroundRestrictionDelay}.
 *
 * @param afterUse of processes that the user left not long ago, up to LAST_ACTIVITY
 * @param ofOthers of cached ones
 */
public record BackgroundDelay(Duration afterUse, Duration ofOthers) {
  /** Android's until its delays became two. */
  public static final BackgroundDelay DEFAULT = of(Duration.ofSeconds(5));

  public BackgroundDelay {
    if (afterUse.isNegative() || ofOthers.isNegative()) {
      throw new IllegalArgumentException("a delay cannot be less than nothing");
    }
  }

  public static BackgroundDelay of(Duration delay) {
    return new BackgroundDelay(delay, delay);
  }

  Duration of(ProcessState state) {
    return state.isAtLeast(ProcessState.LAST_ACTIVITY) ? afterUse : ofOthers;
  }
}
