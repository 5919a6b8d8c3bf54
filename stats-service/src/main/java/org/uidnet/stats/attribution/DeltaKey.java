package org.uidnet.stats.attribution;

/**
 * What is counted apart.
 *
 * @param iface name of the interface
 * @param uid 0 to 4294967294: interfaces as a whole cannot be attributed to anybody
 * @param set number of the counter set, 0: default (background)
 * @param tag 0 for all traffic of the UID, tagged or not
 */
public record DeltaKey(String iface, long uid, int set, long tag) {
  public DeltaKey {
    if (uid < 0 || uid > 4294967294L) {
      throw new IllegalArgumentException("not a UID: " + uid);
    }
  }

  DeltaKey on(String other) {
    return new DeltaKey(other, uid, set, tag);
  }

  boolean isTotal() {
    return tag == 0;
  }
}
