package org.uidnet.firewall;

import java.time.Instant;
import java.util.List;

/**
 * What blocks UIDs on a kind of network is other than it was. Quotas have alerts of their own.
 *
 * @param uids all alike
 * @param others whether it is so also of all UIDs that nothing names
 * @param metered on metered networks, else on others
 * @param before blocked reasons by name; none: they were free
 * @param causes what was changed, as in the audit log
 */
public record BlockedStatus(
    Instant time,
    UidSet uids,
    boolean others,
    boolean metered,
    List<String> before,
    List<String> after,
    List<String> causes) {
  public BlockedStatus {
    before = List.copyOf(before);
    after = List.copyOf(after);
    causes = List.copyOf(causes);
  }
}
