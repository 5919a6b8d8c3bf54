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

  /** What blocks UIDs has changed. */
  default void blocked(BlockedStatus status) {}

  /** The UID came to the foreground, or left it. */
  default void foreground(long uid, boolean foreground) {}

  /** At the next round after it happened, once in a cycle; of rapid use, once in a day. */
  default void alerted(QuotaAlert alert) {}
}
