package org.uidnet.stats;

import org.uidnet.programs.SlotId;

/**
 * What is counted apart in history.
 *
 * @param uid 0 for kinds without one
 * @param iface id of the {@link Interface} as it was then
 */
record Series(Kind kind, long uid, long tag, CounterSet set, int iface) {
  /** Slot 0, where everything went that found no slot. */
  static final Series GLOBAL_OVERFLOW =
      new Series(Kind.OVERFLOW, 0, 0, CounterSet.DEFAULT, Interface.UNKNOWN_ID);

  static Series of(SlotId slot, int iface) {
    return slot.uid() == SlotId.UID_FOREIGN
        ? new Series(Kind.FOREIGN, 0, slot.tag(), CounterSet.of(slot.set()), iface)
        : new Series(Kind.UID, slot.uid(), slot.tag(), CounterSet.of(slot.set()), iface);
  }
}
