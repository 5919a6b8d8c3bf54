package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.LOW_UIDS;
import static org.uidnet.programs.layout.Layouts.UID_QUOTAS;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The rule words of all UIDs: those of the first 65,536 in arrays, as in the kernel, others by UID.
 * Built by {@link Compiler}, then read only.
 */
final class Rows {
  /**
   * The words of a row that rules are in.
   *
   * @param allowedInterface index of the interface rule; 0: any
   * @param quota number of a quota; 0: none
   * @param secondQuota of another
   */
  record Row(int rules, int custom, int flags, int allowedInterface, int quota, int secondQuota) {
    static final Row NONE = new Row(0, 0, 0, 0, 0, 0);

    private static Row of(int[] words) {
      return new Row(
          words[RULES], words[CUSTOM], words[FLAGS], words[ALLOWED], words[QUOTA], words[SECOND]);
    }

    /** The numbers of its quotas. */
    List<Integer> quotas() {
      return Stream.of(quota, secondQuota).filter(number -> number != 0).toList();
    }
  }

  private static final int RULES = 0;
  private static final int CUSTOM = 1;
  private static final int FLAGS = 2;
  private static final int ALLOWED = 3;
  private static final int QUOTA = 4;
  private static final int SECOND = 5;
  private static final int WORDS = 6;

  /** Of words that nothing is in; never written to. */
  private static final int[] NOTHING = new int[LOW_UIDS];

  /** By word. Most policies need but one or two of them. */
  private final int[][] low = new int[WORDS][];

  private final Map<Long, int[]> high = new TreeMap<>();

  Rows() {
    Arrays.fill(low, NOTHING);
  }

  Row row(long uid) {
    if (uid < LOW_UIDS) {
      return row((int) uid);
    }
    int[] words = high.get(uid);
    return words == null ? Row.NONE : Row.of(words);
  }

  private Row row(int uid) {
    return new Row(
        low[RULES][uid],
        low[CUSTOM][uid],
        low[FLAGS][uid],
        low[ALLOWED][uid],
        low[QUOTA][uid],
        low[SECOND][uid]);
  }

  /** Whether two UIDs are known to have the same chains and flags: neighbours mostly have. */
  boolean areAlike(long one, long other) {
    return one >= 0
        && one < LOW_UIDS
        && other < LOW_UIDS
        && areAlike(low[RULES], (int) one, (int) other)
        && areAlike(low[CUSTOM], (int) one, (int) other)
        && areAlike(low[FLAGS], (int) one, (int) other);
  }

  private static boolean areAlike(int[] word, int one, int other) {
    return word[one] == word[other];
  }

  /** Whether the row of a UID below 65,536 has these words. Without making a {@link Row}. */
  boolean hasWords(int uid, int rules, int custom, int flags, int allowedInterface) {
    return low[RULES][uid] == rules
        && low[CUSTOM][uid] == custom
        && low[FLAGS][uid] == flags
        && low[ALLOWED][uid] == allowedInterface;
  }

  /** Whether the row of a UID below 65,536 has these quotas, in whichever order. */
  boolean hasQuotas(int uid, int one, int other) {
    int first = low[QUOTA][uid];
    int second = low[SECOND][uid];
    return (first == one && second == other) || (first == other && second == one);
  }

  /** UIDs below 65,536 whose rows are not the same in both. */
  BitSet differingFrom(Rows other) {
    BitSet uids = new BitSet();
    for (int word = 0; word < WORDS; word++) {
      addDiffering(low[word], other.low[word], uids);
    }
    return uids;
  }

  private static void addDiffering(int[] one, int[] other, BitSet into) {
    int from = 0;
    int next = mismatch(one, other, from);
    while (next >= 0) {
      from += next;
      into.set(from++);
      next = mismatch(one, other, from);
    }
  }

  private static int mismatch(int[] one, int[] other, int from) {
    return one == other ? -1 : Arrays.mismatch(one, from, LOW_UIDS, other, from, LOW_UIDS);
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

  /** A UID has at most two: {@link QuotaRules}. */
  void addQuota(long uid, int number) {
    add(row(uid).quota() == 0 ? QUOTA : SECOND, uid, number);
    addFlag(uid, UID_QUOTAS);
  }

  private void add(int word, long uid, int bits) {
    if (uid < LOW_UIDS) {
      addLow(word, (int) uid, bits);
    } else {
      high.computeIfAbsent(uid, u -> new int[WORDS])[word] |= bits;
    }
  }

  private void addLow(int word, int uid, int bits) {
    if (bits == 0) {
      return;
    }
    if (low[word] == NOTHING) {
      low[word] = new int[LOW_UIDS];
    }
    low[word][uid] |= bits;
  }
}
