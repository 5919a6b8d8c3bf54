package org.uidnet.netd.daemon;

import java.time.Duration;
import org.uidnet.firewall.BackgroundDelay;

/**
 * When a UID whose processes went to the background is taken to be there, as it is configured.
 *
 * @param afterUse of one that was used lately
 * @param ofOthers of all others
 */
public record BackgroundConfig(Duration afterUse, Duration ofOthers) {
  /** Android's. */
  public static final BackgroundConfig DEFAULT =
      new BackgroundConfig(Duration.ofSeconds(5), Duration.ofSeconds(5));

  BackgroundDelay delay() {
    return new BackgroundDelay(afterUse, ofOthers);
  }
}
