package org.uidnet.stats;

/** Whose traffic a row tells of. */
public enum Kind {
  /** A UID of this host. */
  UID,
  /** A socket of a foreign user namespace whose real UID is unknown; kept by network namespace. */
  FOREIGN,
  /** UIDs that were removed. */
  REMOVED,
  /** Forwarded for others, not of any socket here. */
  FORWARDED,
  /** Slot 0: there was no slot left for the key. */
  OVERFLOW,
  /** Stored by a version that we cannot read. */
  UNKNOWN
}
