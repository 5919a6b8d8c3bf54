package org.uidnet.programs;

/**
 * What one slot counts.
 *
 * @param uid 0 to 4294967294, or {@link #UID_FOREIGN}
 * @param tag 0 for untagged traffic, as an unsigned 32-bit number
 * @param set a counter set: 0 default, 1 foreground, 255 the UID's overflow
 * @param ifindex index of the interface within its network namespace
 * @param netns network-namespace cookie, the host's where the kernel cannot tell
 */
public record SlotId(long uid, long tag, int set, int ifindex, long netns) {
  /** Not a UID: the socket of a foreign namespace whose owner in the host is unknown. */
  public static final long UID_FOREIGN = 0xffff_ffffL;
}
