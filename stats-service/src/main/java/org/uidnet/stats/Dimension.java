package org.uidnet.stats;

/** What a summary or history may be grouped by. */
public enum Dimension {
  UID,
  SET,
  TAG,
  IFACE,
  NETWORK,
  TYPE,
  METERED,
  ROAMING,
  DEFAULT,
  NETNS,
  DAY
}
