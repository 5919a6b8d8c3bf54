package org.uidnet.firewall;

/** What a user decided of a UID on metered networks, by Android's names. */
public enum UidPolicy {
  NONE,
  /** Blocked there unless it is in the foreground. */
  REJECT_METERED_BACKGROUND,
  /** Exempt from data saver. */
  ALLOW_METERED_BACKGROUND
}
