package org.uidnet.stats;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.programs.layout.UidTable;
import org.uidnet.stats.Steps.Step;

/**
 * Gives slots back whose key is no longer used, so that every byte stays with its key. For the
 * writer only; it is the only one that makes slots RETIRED or FREE, except that a program whose
 * slot lost the race for its key makes that one FREE and pushes it.
 *
 * <pre>
 *   begin     out of slot_index, LIVE to RETIRED
 *   quiet     wait for programs that found it before: now nobody adds to it
 *   (snapshot stores its last reading as such, in one transaction)
 *   zero      its counters
 *   (a transaction clears its baseline)
 *   free      RETIRED to FREE, its UID may have another, push
 * </pre>
 *
 * We may be killed after each of these. What the next start finds is told by the state in the
 * kernel and by the mark in the baseline: RETIRED and marked goes on with zero, RETIRED with
 * anything counted goes on with quiet. What cannot be told apart is whether a slot was pushed:
 * {@link #recover}.
 */
final class SlotKeeper {
  private final Datapath datapath;
  private final SlotKeys keys;
  private final Steps steps;

  /** Slots that this object retired: their UIDs still pay for them. */
  private final BitSet charged = new BitSet();

  /** FREE slots whose push failed. */
  private final BitSet unpushed = new BitSet();

  SlotKeeper(Datapath datapath, Steps steps) {
    this.datapath = datapath;
    this.steps = steps;
    keys = datapath.slotKeys();
  }

  int lastSlot() {
    return datapath.control().slotsEverUsed();
  }

  /**
   * Finds slots that were lost when we were killed between making them FREE and pushing them. There
   * is no way to look into the stack but to empty it, and programs pop and push meanwhile. So: make
   * every FREE slot RETIRED, empty the stack, wait. A program that took one of them before has made
   * it LIVE by then (programs do so whatever the state), and only a program that did so can push
   * it. Hence every slot that is RETIRED after the wait is ours alone, on the stack or not before.
   */
  void recover(Baseline stored) {
    charged.clear();
    unpushed.clear();
    Map<Integer, SlotId> live = live();
    changeAll(SlotState.FREE, SlotState.RETIRED);
    steps.reached(Step.RECOVERY_MARKED);
    BitSet taken = emptyStack();
    steps.reached(Step.RECOVERY_DRAINED);
    datapath.awaitPrograms();
    // Pushed by a program between the first and the second of these steps.
    taken.stream().forEach(slot -> keys.changeState(slot, SlotState.FREE, SlotState.RETIRED));
    pushUnused(stored);
    steps.reached(Step.RECOVERY_PUSHED);
    live.forEach(this::retireIfLost);
  }

  private Map<Integer, SlotId> live() {
    Map<Integer, SlotId> live = new HashMap<>();
    for (int slot = 1; slot <= lastSlot(); slot++) {
      if (keys.state(slot) == SlotState.LIVE) {
        live.put(slot, keys.id(slot));
      }
    }
    return live;
  }

  private void changeAll(SlotState expected, SlotState next) {
    for (int slot = 1; slot <= lastSlot(); slot++) {
      keys.changeState(slot, expected, next);
    }
  }

  private BitSet emptyStack() {
    BitSet taken = new BitSet();
    for (OptionalInt slot = datapath.takeFreeSlot();
        slot.isPresent();
        slot = datapath.takeFreeSlot()) {
      taken.set(slot.getAsInt());
    }
    return taken;
  }

  /** Those with nothing counted and nothing stored are free; the others take the usual way. */
  private void pushUnused(Baseline stored) {
    for (int slot = 1; slot <= lastSlot(); slot++) {
      if (keys.state(slot) == SlotState.RETIRED
          && stored.counters().isZero(slot)
          && !stored.retired().get(slot)
          && datapath.slots().read(slot).isZero()) {
        free(slot);
      }
    }
  }

  /**
   * We were killed between taking it out of the index and retiring it: another slot counts its key
   * now. A slot that a program has just made is in the index, or FREE again, after the wait.
   */
  private void retireIfLost(int slot, SlotId id) {
    if (keys.state(slot) == SlotState.LIVE
        && keys.id(slot).equals(id)
        && datapath.findSlot(id).orElse(0) != slot) {
      keys.changeState(slot, SlotState.LIVE, SlotState.RETIRED);
    }
  }

  /** Takes the key of a slot out of use. */
  void begin(int slot) {
    if (slot == 0 || keys.state(slot) != SlotState.LIVE) {
      return;
    }
    SlotId id = keys.id(slot);
    if (datapath.findSlot(id).orElse(0) == slot) {
      datapath.forgetSlot(id);
    }
    steps.reached(Step.FORGOTTEN);
    if (keys.changeState(slot, SlotState.LIVE, SlotState.RETIRED)) {
      charged.set(slot);
    }
    steps.reached(Step.RETIRED);
  }

  /** Slots that no program adds to any more; waits for those that may. */
  BitSet quiet() {
    BitSet retired = retired();
    if (!retired.isEmpty()) {
      datapath.awaitPrograms();
      steps.reached(Step.AWAITED);
    }
    // A program that had just lost the race for its key may have made it FREE during the wait.
    retired.and(retired());
    BitSet ours = (BitSet) retired.clone();
    ours.or(unpushed);
    charged.and(ours);
    return retired;
  }

  private BitSet retired() {
    BitSet retired = new BitSet();
    for (int slot = 1; slot <= lastSlot(); slot++) {
      if (keys.state(slot) == SlotState.RETIRED) {
        retired.set(slot);
      }
    }
    return retired;
  }

  void zero(BitSet slots) {
    slots.stream().forEach(datapath.slots()::zero);
    steps.reached(Step.ZEROED);
  }

  /** Hands zeroed slots back whose baseline is cleared, and those whose push failed before. */
  void free(BitSet slots) {
    ((BitSet) unpushed.clone()).stream().forEach(this::push);
    slots.stream().forEach(this::free);
  }

  private void free(int slot) {
    if (keys.changeState(slot, SlotState.RETIRED, SlotState.FREE)) {
      unpushed.set(slot);
      steps.reached(Step.FREED);
      push(slot);
    }
  }

  /** First its UID may have another, then anyone may have this one. */
  private void push(int slot) {
    if (charged.get(slot)) {
      datapath.rowOf(keys.id(slot).uid()).ifPresent(datapath.uids()::releaseSlot);
      charged.clear(slot);
    }
    steps.reached(Step.RELEASED);
    datapath.freeSlot(slot);
    unpushed.clear(slot);
    steps.reached(Step.PUSHED);
  }

  /**
   * Corrects how many slots each UID is said to hold, after a crash left it too high. Slots that
   * programs are making right now show as different counts before and after, and those are left
   * alone.
   */
  void recount() {
    Map<Long, Integer> before = liveOfUids();
    Map<Integer, Integer> claimed = claimedOfRows();
    Map<Long, Integer> after = liveOfUids();
    claimed.forEach(
        (row, claim) -> {
          long uid = datapath.uids().uid(row);
          int live = before.getOrDefault(uid, 0);
          if (live == after.getOrDefault(uid, 0)) {
            release(row, claim - live);
          }
        });
  }

  private void release(int row, int slots) {
    for (int i = 0; i < slots; i++) {
      datapath.uids().releaseSlot(row);
    }
  }

  private Map<Long, Integer> liveOfUids() {
    Map<Long, Integer> counts = new HashMap<>();
    live().values().forEach(id -> counts.merge(id.uid(), 1, Integer::sum));
    retired().stream().forEach(slot -> counts.merge(keys.id(slot).uid(), 1, Integer::sum));
    return counts;
  }

  private Map<Integer, Integer> claimedOfRows() {
    UidTable uids = datapath.uids();
    Map<Integer, Integer> claimed = new HashMap<>();
    for (int row = 0; row < uids.rows(); row++) {
      int slots = uids.liveSlots(row);
      if (slots > 0) {
        claimed.put(row, slots);
      }
    }
    return claimed;
  }
}
