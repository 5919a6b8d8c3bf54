package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Capability;
import org.uidnet.firewall.ProcessState;
import org.uidnet.firewall.RestrictBackground;
import org.uidnet.firewall.UidPolicy;
import org.uidnet.stats.CounterSet;

/**
 * A UID and how it stands: {@code GET /v1/uids/{uid}}.
 *
 * @param name untrusted text
 * @param set in which it counts now
 * @param counters that it holds: one for each interface, counter set and tag that it used lately
 * @param processState absent: nothing was told of its processes in this boot
 * @param capabilities of its processes
 * @param backgroundAt about when they will be taken to be in the background, if that waits
 * @param idle whether nobody has used it for long
 * @param policy on metered networks
 * @param restrictBackground how data saver stands for it
 * @param blocked whether a packet of it would be refused on a network of which nothing is known
 * @param reasons why; the first is the one that is counted
 * @param meteredReasons why on a metered network
 */
public record UidDocument(
    long uid,
    Optional<String> name,
    CounterSet set,
    int counters,
    Permissions permissions,
    Optional<ProcessState> processState,
    List<Capability> capabilities,
    Optional<Instant> backgroundAt,
    boolean idle,
    UidPolicy policy,
    RestrictBackground restrictBackground,
    boolean blocked,
    List<String> reasons,
    List<String> meteredReasons) {
  public UidDocument {
    capabilities = List.copyOf(capabilities);
    meteredReasons = List.copyOf(meteredReasons);
    reasons = List.copyOf(reasons);
  }
}
