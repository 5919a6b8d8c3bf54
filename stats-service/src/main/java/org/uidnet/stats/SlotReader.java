package org.uidnet.stats;

import java.util.Optional;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.SlotState;

/** Reads slots while programs add to them. Thread-safe. */
final class SlotReader {
  private static final int ATTEMPTS = 3;
  private static final SlotId NO_KEY = new SlotId(0, 0, 0, 0, 0);

  private final Datapath datapath;

  SlotReader(Datapath datapath) {
    this.datapath = datapath;
  }

  /** What a slot counted for whom. */
  record Reading(int slot, SlotId id, Counters counters) {}

  int lastSlot() {
    return datapath.control().slotsEverUsed();
  }

  /**
   * A LIVE or RETIRED slot. The key is read before and after: between the two a program may have
   * lost the race for a key, pushed the slot, and another may have popped it for another key. A
   * slot that counted anything cannot change its key so: for that our own writer has to free it. If
   * the key will not hold still the slot is new, and the next round reads it.
   */
  Optional<Reading> read(int slot) {
    if (slot == 0) {
      return Optional.of(new Reading(0, NO_KEY, datapath.slots().read(0)));
    }
    for (int i = 0; i < ATTEMPTS && isInUse(slot); i++) {
      SlotId id = datapath.slotKeys().id(slot);
      Counters counters = datapath.slots().read(slot);
      if (isInUse(slot) && id.equals(datapath.slotKeys().id(slot))) {
        return Optional.of(new Reading(slot, id, counters));
      }
    }
    return Optional.empty();
  }

  boolean isLive(int slot) {
    return datapath.slotKeys().state(slot) == SlotState.LIVE;
  }

  private boolean isInUse(int slot) {
    SlotState state = datapath.slotKeys().state(slot);
    return state == SlotState.LIVE || state == SlotState.RETIRED;
  }
}
