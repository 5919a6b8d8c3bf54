package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;

import java.util.stream.Stream;

/** The UIDs that chains block on every network but loopback. A value. */
record Blocked(Judge.Masks masks, Rows rows) {
  static final Blocked NOBODY = new Blocked(new Judge.Masks(0, 0, 0), new Rows());

  static Blocked by(Desired desired) {
    return new Blocked(Judge.Masks.of(desired), desired.rows());
  }

  boolean test(long uid) {
    if (uid < LOW_UIDS) {
      return Judge.blocksEverywhere(masks, rows.rules((int) uid), rows.custom((int) uid));
    }
    Rows.Row row = rows.row(uid);
    return Judge.blocksEverywhere(masks, row.rules(), row.custom());
  }

  /**
   * Whether there may be sockets to look for, which takes longer than to look through all rows.
   * UIDs without a row are all alike.
   */
  boolean isAnyoneElseThan(Blocked before) {
    if (rows == before.rows && masks.addNothingTo(before.masks)) {
      return false;
    }
    for (int uid = 0; uid < LOW_UIDS; uid++) {
      if (test(uid) && !before.test(uid)) {
        return true;
      }
    }
    return (blocksUnlisted() && !before.blocksUnlisted())
        || Stream.concat(rows.highUids().stream(), before.rows.highUids().stream())
            .anyMatch(uid -> test(uid) && !before.test(uid));
  }

  private boolean blocksUnlisted() {
    return Judge.blocksEverywhere(masks, 0, 0);
  }
}
