package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The UIDs that chains and used up quotas block on every network but loopback. A value.
 *
 * @param usedUp numbers of such quotas
 * @param all whether one of them is for all UIDs; nothing blocks UID 0
 */
record Blocked(Judge.Masks masks, Rows rows, Set<Integer> usedUp, boolean all) {
  static final Blocked NOBODY = new Blocked(new Judge.Masks(0, 0, 0), new Rows(), Set.of(), false);

  static Blocked by(Desired desired) {
    Set<Integer> usedUp =
        desired.quotas().entrySet().stream()
            .filter(quota -> quota.getValue().cuts())
            .map(Map.Entry::getKey)
            .collect(Collectors.toUnmodifiableSet());
    return new Blocked(
        Judge.Masks.of(desired),
        desired.rows(),
        usedUp,
        desired.quotasOfAll().stream().anyMatch(usedUp::contains));
  }

  boolean test(long uid) {
    return isByChains(uid) || isByQuota(uid);
  }

  private boolean isByChains(long uid) {
    if (uid < LOW_UIDS) {
      return Judge.blocksEverywhere(masks, rows.rules((int) uid), rows.custom((int) uid));
    }
    Rows.Row row = rows.row(uid);
    return Judge.blocksEverywhere(masks, row.rules(), row.custom());
  }

  private boolean isByQuota(long uid) {
    return (all && uid != 0)
        || (!usedUp.isEmpty() && rows.row(uid).quotas().stream().anyMatch(usedUp::contains));
  }

  /**
   * Whether there may be sockets to look for, which takes longer than to look through all rows.
   * UIDs without a row are all alike.
   */
  boolean isAnyoneElseThan(Blocked before) {
    return isAnyoneListedElseThan(before) || (blocksUnlisted() && !before.blocksUnlisted());
  }

  private boolean isAnyoneListedElseThan(Blocked before) {
    return (addsOnlyRowsTo(before)
            ? rows.differingFrom(before.rows).stream().anyMatch(uid -> isNew(uid, before))
            : isAnyoneLowElseThan(before))
        || Stream.concat(rows.highUids().stream(), before.rows.highUids().stream())
            .anyMatch(uid -> isNew(uid, before));
  }

  /** So that who has the same row is treated as before, or let go. */
  private boolean addsOnlyRowsTo(Blocked before) {
    return masks.addNothingTo(before.masks) && usedUp.equals(before.usedUp) && all == before.all;
  }

  private boolean isAnyoneLowElseThan(Blocked before) {
    for (int uid = 0; uid < LOW_UIDS; uid++) {
      if (!isLikeTheOneBefore(uid, before) && isNew(uid, before)) {
        return true;
      }
    }
    return false;
  }

  private boolean isNew(long uid, Blocked before) {
    return test(uid) && !before.test(uid);
  }

  /** Most rows are, and asking is quicker than judging. */
  private boolean isLikeTheOneBefore(int uid, Blocked before) {
    return uid > 1 // UID 0 is not stopped by quotas of all
        && usedUp.isEmpty()
        && before.usedUp.isEmpty()
        && rows.areAlike(uid - 1L, uid)
        && before.rows.areAlike(uid - 1L, uid);
  }

  private boolean blocksUnlisted() {
    return all || Judge.blocksEverywhere(masks, 0, 0);
  }
}
