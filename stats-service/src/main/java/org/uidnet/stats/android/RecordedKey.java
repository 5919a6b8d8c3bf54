package org.uidnet.stats.android;

/**
 * Whose traffic a recording tells of.
 *
 * @param uid 0 or more, {@link #ALL}, {@link #REMOVED} or {@link #TETHERING}
 * @param set 0 default (background), 1 foreground, -1 both
 * @param tag 0 for all traffic, tagged or not; the bits of an unsigned number
 */
public record RecordedKey(int uid, int set, int tag) {
  /** UID of interfaces as a whole. */
  public static final int ALL = -1;

  /** UID of all apps that were removed. */
  public static final int REMOVED = -4;

  /** UID of what was passed on for other devices. */
  public static final int TETHERING = -5;
}
