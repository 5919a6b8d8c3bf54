package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/**
 * UIDs by number: {@code GET /v1/uids}.
 *
 * @param nextCursor present while there are more
 */
public record UidDirectory(List<UidDocument> uids, Optional<String> nextCursor) {
  public UidDirectory {
    uids = List.copyOf(uids);
  }
}
