package org.uidnet.api.model;

import java.util.OptionalLong;
import org.uidnet.stats.Alert;

/**
 * An alert.
 *
 * @param owner UID that made it; absent: who holds the admin token
 * @param usedBytes since it was made or told last, up to the last snapshot
 */
public record AlertDocument(
    long id, OptionalLong owner, AlertTemplate template, long thresholdBytes, long usedBytes) {
  public static AlertDocument of(Alert alert) {
    return new AlertDocument(
        alert.id(),
        alert.owner(),
        AlertTemplate.of(alert.template()),
        alert.thresholdBytes(),
        alert.usedBytes());
  }
}
