package org.uidnet.api.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Applied;

/**
 * What became of a change.
 *
 * @param changed false: it was so before
 * @param at when it was in force
 * @param destroyedSockets connections that were ended by it
 * @param pending to be confirmed, if that was asked for
 * @param problems what is not enforced yet, and is tried again; normally empty
 */
public record Change(
    boolean changed,
    Instant at,
    int destroyedSockets,
    Optional<PendingChange> pending,
    List<String> problems) {
  public Change {
    problems = List.copyOf(problems);
  }

  /** Of what cuts no connection, and cannot be undone. */
  public static Change of(boolean changed, Instant at) {
    return new Change(changed, at, 0, Optional.empty(), List.of());
  }

  public static Change of(Applied applied) {
    return of(applied, applied.changed());
  }

  /** Where more may have changed than the firewall. */
  public static Change of(Applied applied, boolean changed) {
    return new Change(
        changed,
        applied.at().truncatedTo(ChronoUnit.MILLIS),
        applied.destroyedSockets(),
        applied.pending().map(PendingChange::of),
        applied.problems());
  }
}
