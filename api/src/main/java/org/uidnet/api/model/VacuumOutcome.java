package org.uidnet.api.model;

import org.uidnet.stats.Usage;

/**
 * What was given back to the disk: {@code POST /v1/history/vacuum}.
 *
 * @param bytesBefore of the history's file
 * @param bytes of it now
 */
public record VacuumOutcome(long bytesBefore, long bytes) {
  public static VacuumOutcome of(Usage.Vacuumed result) {
    return new VacuumOutcome(result.bytesBefore(), result.bytes());
  }
}
