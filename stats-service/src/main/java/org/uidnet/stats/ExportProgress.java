package org.uidnet.stats;

import java.time.Instant;
import java.util.Optional;

/**
 * How far a sink has history.
 *
 * @param to the end of the last bucket that it has
 * @param complete the end of the last bucket that it could have
 * @param lost what was deleted last before the sink had it
 */
public record ExportProgress(Instant to, Instant complete, Optional<Lost> lost) {
  /** A time of which the sink has nothing. */
  public record Lost(Instant from, Instant to) {}

  /** Five-minute buckets that wait for the sink. */
  public long waiting() {
    return Math.max(0, Tick.of(complete.toEpochMilli()) - Tick.of(to.toEpochMilli()));
  }
}
