package org.uidnet.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Tells what blocks whom, where that is other than it was when it was last looked at. For one
 * thread.
 */
final class BlockedStates {
  /** A UID that nothing names: they are all judged alike. */
  private static final long NOBODY = -1;

  private Optional<Look> last = Optional.empty();

  /**
   * What was in force.
   *
   * @param policy with what state adds to it
   * @param uids that anything names
   */
  private record Look(Policy policy, Desired desired, UidSet uids) {
    Judge.Masks masks() {
      return new Judge.Masks(
          Compiler.enabledChains(policy, true),
          Compiler.enabledCustom(policy),
          desired.customAllowlists());
    }

    Rows.Row row(long uid) {
      return uid == NOBODY ? Rows.Row.NONE : desired.rows().row(uid);
    }
  }

  /** What blocked a UID and what does now; few are different. */
  private record Change(Judge.Blocking before, Judge.Blocking after) {
    boolean isOne() {
      return !before.equals(after);
    }
  }

  /** At the first call nothing is told: what was before is not known. */
  List<BlockedStatus> look(
      Policy policy, ProcessBook processes, Desired desired, Moment now, List<String> causes) {
    Optional<Look> before = last;
    UidSet uids =
        before
            .filter(look -> look.desired().rows() == desired.rows())
            .map(Look::uids)
            .orElseGet(() -> uids(policy, processes, now));
    Look after = new Look(policy, desired, uids);
    last = Optional.of(after);
    return before.map(look -> changes(look, after, now, causes)).orElse(List.of());
  }

  private static UidSet uids(Policy policy, ProcessBook processes, Moment now) {
    return policy.uids(now).plus(UidSet.of(processes.byUid().keySet()));
  }

  private static List<BlockedStatus> changes(
      Look before, Look after, Moment now, List<String> causes) {
    if (before.desired().rows() == after.desired().rows() && before.masks().equals(after.masks())) {
      return List.of();
    }
    List<BlockedStatus> all = new ArrayList<>();
    new Comparison(before, after)
        .changes()
        .forEach(
            (change, uids) ->
                Stream.of(false, true)
                    .map(metered -> status(before, after, change, uids, metered, now, causes))
                    .filter(status -> !status.before().equals(status.after()))
                    .forEach(all::add));
    return all;
  }

  private static BlockedStatus status(
      Look before,
      Look after,
      Change change,
      Whom whom,
      boolean metered,
      Moment now,
      List<String> causes) {
    return new BlockedStatus(
        now.wall(),
        whom.uids(),
        whom.others(),
        metered,
        names(change.before(), metered, before.policy()),
        names(change.after(), metered, after.policy()),
        causes);
  }

  /** Those whom a change concerns. */
  private record Whom(UidSet uids, boolean others) {}

  /** Two looks, UID by UID. */
  private static final class Comparison {
    private final Look before;
    private final Look after;
    private final Judge.Masks earlier;
    private final Judge.Masks later;
    private final Map<Change, LongStream.Builder> uids = new LinkedHashMap<>();

    Comparison(Look before, Look after) {
      this.before = before;
      this.after = after;
      earlier = before.masks();
      later = after.masks();
    }

    Map<Change, Whom> changes() {
      Change others = change(NOBODY);
      listOf(others);
      compare();
      Map<Change, Whom> all = new LinkedHashMap<>();
      uids.forEach(
          (change, builder) -> all.put(change, new Whom(set(builder), change.equals(others))));
      return all;
    }

    /** Where it is all of them, the set that there is: what is told is kept for long. */
    private UidSet set(LongStream.Builder builder) {
      UidSet some = UidSet.of(builder.build());
      return some.equals(after.uids()) ? after.uids() : some;
    }

    /** Lists have ten thousands of UIDs, and most are like the one before. */
    private void compare() {
      long last = NOBODY;
      LongConsumer list = listOf(change(NOBODY));
      for (long uid : before.uids().plus(after.uids()).stream().toArray()) {
        if (!areAlike(last, uid)) {
          list = listOf(change(uid));
        }
        list.accept(uid);
        last = uid;
      }
    }

    private boolean areAlike(long last, long uid) {
      return before.desired().rows().areAlike(last, uid)
          && after.desired().rows().areAlike(last, uid);
    }

    private Change change(long uid) {
      return new Change(
          Judge.blocking(earlier, before.row(uid)), Judge.blocking(later, after.row(uid)));
    }

    /** Where those go whom a change concerns; nowhere, if it is none. */
    private LongConsumer listOf(Change change) {
      return change.isOne() ? uids.computeIfAbsent(change, c -> LongStream.builder()) : uid -> {};
    }
  }

  private static List<String> names(Judge.Blocking blocking, boolean metered, Policy policy) {
    return Judge.findings(blocking, metered).stream()
        .filter(Judge.Finding::blocks)
        .map(finding -> Reason.name(Judge.reason(finding), policy))
        .distinct()
        .toList();
  }
}
