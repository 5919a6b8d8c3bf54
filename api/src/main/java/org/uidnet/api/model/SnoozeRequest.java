package org.uidnet.api.model;

import java.util.Optional;
import org.uidnet.firewall.Snooze;

/**
 * What of a quota shall sleep until its cycle ends: {@code POST /v1/quotas/{id}/snooze}.
 *
 * @param what absent: the limit
 * @param snoozed false: no longer; absent: true
 */
public record SnoozeRequest(Optional<Snooze> what, Optional<Boolean> snoozed) {
  /** The limit. */
  public static final SnoozeRequest LIMIT = limit(true);

  public static SnoozeRequest limit(boolean snoozed) {
    return new SnoozeRequest(Optional.of(Snooze.LIMIT), Optional.of(snoozed));
  }

  public static SnoozeRequest warning(boolean snoozed) {
    return new SnoozeRequest(Optional.of(Snooze.WARNING), Optional.of(snoozed));
  }
}
