package org.uidnet.firewall;

import org.uidnet.programs.Event;

/** Told of what happens. */
public interface FirewallListener {
  /**
   * The first refusal of its kind in a second.
   *
   * @param reason blocked reason by name
   */
  default void refused(Event event, String reason) {}

  default void changed(AuditEntry entry) {}

  /** At the next round after it happened, once in a cycle; of rapid use, once in a day. */
  default void alerted(QuotaAlert alert) {}
}
