package org.uidnet.api.model;

import java.util.List;

/** Changes that wait for a confirmation: {@code GET /v1/firewall/pending}. */
public record PendingChanges(List<PendingChange> pending) {
  public PendingChanges {
    pending = List.copyOf(pending);
  }
}
