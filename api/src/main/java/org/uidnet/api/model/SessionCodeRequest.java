package org.uidnet.api.model;

import java.util.Optional;

/**
 * What the session shall be allowed: {@code POST /v1/session/codes}.
 *
 * @param role {@code READ} for an admin who wants to change nothing by it; absent: what the caller
 *     may
 */
public record SessionCodeRequest(Optional<String> role) {
  public static final SessionCodeRequest SAME = new SessionCodeRequest(Optional.empty());
  public static final SessionCodeRequest READ = new SessionCodeRequest(Optional.of("READ"));
}
