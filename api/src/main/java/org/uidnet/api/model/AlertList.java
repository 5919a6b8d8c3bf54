package org.uidnet.api.model;

import java.util.List;

/** Alerts, the oldest first: {@code GET /v1/alerts}. */
public record AlertList(List<AlertDocument> alerts) {
  public AlertList {
    alerts = List.copyOf(alerts);
  }
}
