package org.uidnet.firewall;

/** What of a quota sleeps until its cycle ends. */
public enum Snooze {
  LIMIT,
  WARNING
}
