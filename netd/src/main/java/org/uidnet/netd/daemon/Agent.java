package org.uidnet.netd.daemon;

import java.time.Duration;

/** Work that is done again and again in the background; a test steps it by hand. */
@FunctionalInterface
interface Agent {
  /** Does one round; answers how long to wait for the next. */
  Duration round();
}
