package org.uidnet.netd.benchmark;

import java.util.stream.LongStream;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.Layouts;

/** Rules for a benchmark's UIDs, which refuse nobody who takes part. */
final class Rules {
  static final long FIRST_UID = 10_000;
  static final int MOST_UIDS = 100_000;
  private static final long FIRST_BLOCKED = FIRST_UID + MOST_UIDS + 10_000;
  private static final int BLOCKED = 10_000;
  private static final int TRACE_ONE_OF = 1000;

  private Rules() {}

  /** Those that are denied everything, none of whom takes part. */
  static LongStream blocked() {
    return LongStream.range(FIRST_BLOCKED, FIRST_BLOCKED + BLOCKED);
  }

  /** A denylist of 10,000 others, and an allowlist that all who take part are on. */
  static void enableChains(RuleMaps maps) {
    blocked().forEach(uid -> list(maps, uid, Layouts.CHAIN_STANDBY));
    participants().forEach(uid -> list(maps, uid, Layouts.CHAIN_DOZABLE));
    maps.control().setEnabledChains(Layouts.CHAIN_STANDBY | Layouts.CHAIN_DOZABLE);
  }

  /** Besides: each packet's socket may have a tag, all share a quota, some packets are traced. */
  static void enableAll(RuleMaps maps) {
    enableChains(maps);
    participants().forEach(uid -> maps.uids().setAccounting(row(maps, uid), Layouts.ACCOUNTS_TAGS));
    maps.quotas().setLimit(1, Long.MAX_VALUE);
    maps.control().setQuotaOfAll(0, 1);
    maps.control().setSwitches(Layouts.SWITCH_QUOTAS | Layouts.SWITCH_INGRESS_DISCARD);
    maps.control().trace(TRACE_ONE_OF, SlotId.UID_FOREIGN);
  }

  private static LongStream participants() {
    return LongStream.range(FIRST_UID, FIRST_UID + MOST_UIDS);
  }

  private static void list(RuleMaps maps, long uid, int chain) {
    maps.uids().setRules(row(maps, uid), chain);
  }

  private static int row(RuleMaps maps, long uid) {
    return maps.makeRow(uid).orElseThrow();
  }
}
