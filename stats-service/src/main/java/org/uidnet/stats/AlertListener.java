package org.uidnet.stats;

import java.time.Instant;

/** Told of alerts. */
@FunctionalInterface
public interface AlertListener {
  /**
   * More than the threshold was used; it counts anew from now on. On the thread of the snapshot,
   * after its commit: a listener must not wait.
   *
   * @param alert with what was used up to the snapshot
   * @param asOf when that was taken
   */
  void alerted(Alert alert, Instant asOf);
}
