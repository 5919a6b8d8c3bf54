package org.uidnet.api.model;

import java.time.Instant;
import org.uidnet.stats.Alert;

/**
 * More than an alert's threshold was used: the event {@code alert} of {@code GET /v1/events}.
 *
 * @param time of the snapshot that found it
 * @param alert with what was used until then; it counts anew from now on
 */
public record AlertEvent(Instant time, AlertDocument alert) {
  public static AlertEvent of(Alert alert, Instant asOf) {
    return new AlertEvent(asOf, AlertDocument.of(alert));
  }
}
