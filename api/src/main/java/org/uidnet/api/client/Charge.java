package org.uidnet.api.client;

/**
 * What a thread's sockets are charged to.
 *
 * @param tag 0 to 4294967295, or {@link TrafficTags#UNSET}
 * @param uid 0 to 4294967294, or {@link TrafficTags#UNSET}: the process's own
 */
record Charge(long tag, long uid) {
  static final Charge NONE = new Charge(TrafficTags.UNSET, TrafficTags.UNSET);

  private static final long LAST_TAG = 0xffff_ffffL;
  private static final long LAST_UID = 0xffff_fffeL;

  Charge {
    if (tag < TrafficTags.UNSET || tag > LAST_TAG) {
      throw new IllegalArgumentException(
          tag + " is no tag; tags are 0 to 4294967295. Write 0xffffff82L, with an L at its end");
    }
    if (uid < TrafficTags.UNSET || uid > LAST_UID) {
      throw new IllegalArgumentException(uid + " is no UID; UIDs are 0 to 4294967294");
    }
  }

  Charge withTag(long other) {
    return new Charge(other, uid);
  }

  Charge withUid(long other) {
    return new Charge(tag, other);
  }
}
