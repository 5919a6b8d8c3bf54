package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The rule words of all UIDs: those of the first 65,536 in arrays, as in the kernel, others by UID.
 * Built by {@link Compiler}, then read only.
 */
final class Rows {
  /**
   * The words of a row that rules are in.
   *
   * @param allowedInterface index of the interface rule; 0: any
   */
  record Row(int rules, int custom, int flags, int allowedInterface) {
    static final Row NONE = new Row(0, 0, 0, 0);
  }

  private static final int RULES = 0;
  private static final int CUSTOM = 1;
  private static final int FLAGS = 2;
  private static final int ALLOWED = 3;

  private final int[][] low = new int[4][LOW_UIDS];
  private final Map<Long, int[]> high = new TreeMap<>();

  Row row(long uid) {
    if (uid < LOW_UIDS) {
      int at = (int) uid;
      return new Row(low[RULES][at], low[CUSTOM][at], low[FLAGS][at], low[ALLOWED][at]);
    }
    int[] words = high.get(uid);
    return words == null
        ? Row.NONE
        : new Row(words[RULES], words[CUSTOM], words[FLAGS], words[ALLOWED]);
  }

  /** Whether the row of a UID below 65,536 has these words. Without making a {@link Row}. */
  boolean hasWords(int uid, int rules, int custom, int flags, int allowedInterface) {
    return low[RULES][uid] == rules
        && low[CUSTOM][uid] == custom
        && low[FLAGS][uid] == flags
        && low[ALLOWED][uid] == allowedInterface;
  }

  /** The chains that a UID below 65,536 is on. */
  int rules(int uid) {
    return low[RULES][uid];
  }

  int custom(int uid) {
    return low[CUSTOM][uid];
  }

  /** UIDs from 65,536 on that need a row. */
  Set<Long> highUids() {
    return Collections.unmodifiableSet(high.keySet());
  }

  void addRules(long uid, int bits) {
    add(RULES, uid, bits);
  }

  void addCustom(long uid, int bits) {
    add(CUSTOM, uid, bits);
  }

  void addFlag(long uid, int flag) {
    add(FLAGS, uid, flag);
  }

  void setAllowedInterface(long uid, int ifindex) {
    add(ALLOWED, uid, ifindex);
  }

  private void add(int word, long uid, int bits) {
    if (uid < LOW_UIDS) {
      low[word][(int) uid] |= bits;
    } else {
      high.computeIfAbsent(uid, u -> new int[4])[word] |= bits;
    }
  }
}
