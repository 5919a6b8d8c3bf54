package org.uidnet.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.uidnet.programs.SlotId;
import org.uidnet.stats.Interface.Place;

/**
 * Which slots should be given back: those that counted nothing for long, for a shorter time where
 * slots are scarce, and those of interfaces that are gone. For the writer only.
 */
final class IdleSlots {
  /** Slots given back in one round. */
  private static final int BATCH = 1024;

  /** An interface that was not found in so many rounds is gone. */
  private static final int ROUNDS_UNTIL_GONE = 2;

  private static final int ROUNDS_REMEMBERED = 1000;

  private final StatsConfig config;
  private final int slots;
  private final Map<Place, Integer> missing = new HashMap<>();

  /** When each slot last changed, in seconds since boot; -1: not seen. */
  private int[] changedAt = {};

  IdleSlots(StatsConfig config, int slots) {
    this.config = config;
    this.slots = slots;
  }

  /** A live slot and where it counts. */
  record Live(int slot, SlotId id, Place place) {}

  /** Interfaces as found in a round; not called when they could not be listed. */
  void found(Set<Place> known, Set<Place> present) {
    known.forEach(place -> missing.putIfAbsent(place, 0));
    missing.replaceAll((place, rounds) -> present.contains(place) ? 0 : rounds + 1);
    missing.values().removeIf(rounds -> rounds > ROUNDS_REMEMBERED);
    present.forEach(place -> missing.put(place, 0));
  }

  /** Slots to give back in the next round, the longest idle first. */
  List<Integer> choose(List<Live> live, BitSet changed, int now) {
    noteChanges(live, changed, now);
    Map<Long, Integer> held = new HashMap<>();
    live.forEach(each -> held.merge(each.id().uid(), 1, Integer::sum));
    boolean full = live.size() * 4L > slots * 3L;
    List<Integer> idle = new ArrayList<>();
    for (Live each : live) {
      boolean scarce =
          full || held.getOrDefault(each.id().uid(), 0) * 4L > config.slotsPerUid() * 3L;
      if (isIdle(each, scarce, now)) {
        idle.add(each.slot());
      }
    }
    idle.sort(Comparator.comparingInt(slot -> changedAt[slot]));
    return idle.subList(0, Math.min(BATCH, idle.size()));
  }

  private boolean isIdle(Live live, boolean scarce, int now) {
    int seconds = now - changedAt[live.slot()];
    if (missing.getOrDefault(live.place(), 0) >= ROUNDS_UNTIL_GONE && seconds > 0) {
      return true;
    }
    return seconds >= (scarce ? config.slotIdleWhenFull() : config.slotIdle()).toSeconds();
  }

  private void noteChanges(List<Live> live, BitSet changed, int now) {
    BitSet present = new BitSet();
    for (Live each : live) {
      grow(each.slot());
      present.set(each.slot());
      if (changedAt[each.slot()] < 0 || changed.get(each.slot())) {
        changedAt[each.slot()] = now;
      }
    }
    for (int slot = 0; slot < changedAt.length; slot++) {
      if (!present.get(slot)) {
        changedAt[slot] = -1;
      }
    }
  }

  private void grow(int slot) {
    int old = changedAt.length;
    if (slot >= old) {
      changedAt = Arrays.copyOf(changedAt, Math.max(slot + 1, old * 2));
      Arrays.fill(changedAt, old, changedAt.length, -1);
    }
  }
}
