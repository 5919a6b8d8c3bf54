package org.uidnet.fleet;

import java.time.Instant;
import java.util.Optional;
import org.uidnet.stats.ExportProgress.Lost;

/**
 * How far a sink is.
 *
 * @param exportedTo the end of the last bucket that it has; empty before the first round
 * @param waitingBuckets of five minutes, complete and not sent
 * @param rows sent since the daemon's start
 * @param lastSent when something was last stored
 * @param lost the last period that was deleted before the sink had it
 * @param trouble why nothing more is stored, and what to do about it
 */
public record ExportStatus(
    String sink,
    Optional<Instant> exportedTo,
    long waitingBuckets,
    long rows,
    Optional<Instant> lastSent,
    Optional<Lost> lost,
    Optional<String> trouble) {}
