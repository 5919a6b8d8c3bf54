package org.uidnet.api.model;

import java.util.Optional;

/** A code to be exchanged: {@code POST /v1/session}. */
public record SessionRequest(Optional<String> code) {
  public static final SessionRequest NONE = new SessionRequest(Optional.empty());
}
