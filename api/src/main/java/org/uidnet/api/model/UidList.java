package org.uidnet.api.model;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** UIDs, as a document: a chain's list, an allowlist, the UIDs under lockdown. */
public record UidList(Optional<List<Long>> uids) {
  public static UidList of(Collection<Long> uids) {
    return new UidList(Optional.of(List.copyOf(uids)));
  }
}
