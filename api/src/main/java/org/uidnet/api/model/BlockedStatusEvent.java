package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.BlockedStatus;

/**
 * What blocks a UID has changed: the event {@code blocked-status} of {@code GET /v1/events}.
 *
 * @param uid absent: every UID that no rule and no state names
 * @param metered on metered networks, else on others
 * @param before blocked reasons; none: it was free
 * @param causes what was changed, as in the audit log
 */
public record BlockedStatusEvent(
    Instant time,
    Optional<Long> uid,
    boolean metered,
    List<String> before,
    List<String> after,
    List<String> causes) {
  public BlockedStatusEvent {
    before = List.copyOf(before);
    after = List.copyOf(after);
    causes = List.copyOf(causes);
  }

  public static BlockedStatusEvent of(Optional<Long> uid, BlockedStatus status) {
    return new BlockedStatusEvent(
        status.time(), uid, status.metered(), status.before(), status.after(), status.causes());
  }
}
