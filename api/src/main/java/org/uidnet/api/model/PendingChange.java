package org.uidnet.api.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.uidnet.firewall.Pending;

/**
 * A change that will be undone unless {@code POST /v1/firewall/pending/{id}/confirm} comes in time.
 *
 * @param what chain or document
 */
public record PendingChange(String id, String what, Instant undoneAt) {
  public static PendingChange of(Pending pending) {
    return new PendingChange(
        pending.changeId(), pending.what(), pending.undoneAt().truncatedTo(ChronoUnit.MILLIS));
  }
}
