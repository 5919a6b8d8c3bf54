package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import java.util.function.LongPredicate;
import org.uidnet.firewall.BlockedStatus;

/**
 * What blocks UIDs has changed, for all of them alike: the event {@code blocked-status} of {@code
 * GET /v1/events}.
 *
 * @param uids of those that are asked for; ascending
 * @param others whether it is so also of every UID that no rule and no state names
 * @param metered on metered networks, else on others
 * @param before blocked reasons; none: they were free
 * @param causes what was changed, as in the audit log
 */
public record BlockedStatusEvent(
    Instant time,
    List<Long> uids,
    boolean others,
    boolean metered,
    List<String> before,
    List<String> after,
    List<String> causes) {
  public BlockedStatusEvent {
    uids = List.copyOf(uids);
    before = List.copyOf(before);
    after = List.copyOf(after);
    causes = List.copyOf(causes);
  }

  /** What of a change is shown to somebody. */
  public static BlockedStatusEvent of(BlockedStatus status, LongPredicate whose) {
    return new BlockedStatusEvent(
        status.time(),
        status.uids().stream().filter(whose).boxed().toList(),
        status.others(),
        status.metered(),
        status.before(),
        status.after(),
        status.causes());
  }
}
