package org.uidnet.netd.tags;

import java.util.HashMap;
import java.util.Map;

/** How many things of a kind each UID may have at a time. Thread-safe. */
final class Allowance {
  private final int each;
  private final Map<Long, Integer> taken = new HashMap<>();

  Allowance(int each) {
    this.each = each;
  }

  /** Takes one; false if the UID has all that it may. */
  synchronized boolean tryTake(long uid) {
    int had = taken.getOrDefault(uid, 0);
    if (had == each) {
      return false;
    }
    taken.put(uid, had + 1);
    return true;
  }

  synchronized void giveBack(long uid) {
    taken.computeIfPresent(uid, (any, had) -> had == 1 ? null : had - 1);
  }
}
