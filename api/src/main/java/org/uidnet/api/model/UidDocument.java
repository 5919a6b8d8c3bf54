package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.stats.CounterSet;

/**
 * A UID and how it stands: {@code GET /v1/uids/{uid}}.
 *
 * @param name untrusted text
 * @param set in which it counts now
 * @param counters that it holds: one for each interface, counter set and tag that it used lately
 * @param blocked whether a packet of it would be refused on a network of which nothing is known
 * @param reasons why; the first is the one that is counted
 */
public record UidDocument(
    long uid,
    Optional<String> name,
    CounterSet set,
    int counters,
    Permissions permissions,
    boolean blocked,
    List<String> reasons) {
  public UidDocument {
    reasons = List.copyOf(reasons);
  }
}
