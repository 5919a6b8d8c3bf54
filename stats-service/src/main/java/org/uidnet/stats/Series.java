package org.uidnet.stats;

import org.uidnet.programs.SlotId;
import org.uidnet.programs.layout.Layouts;

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
        ? new Series(Kind.FOREIGN, 0, slot.tag(), set(slot), iface)
        : new Series(Kind.UID, slot.uid(), slot.tag(), set(slot), iface);
  }

  Series removed() {
    return new Series(Kind.REMOVED, uid, tag, set, iface);
  }

  private static CounterSet set(SlotId slot) {
    return switch (slot.set()) {
      case Layouts.SET_FOREGROUND -> CounterSet.FOREGROUND;
      case Layouts.SET_OVERFLOW -> CounterSet.OVERFLOW;
      default -> CounterSet.DEFAULT;
    };
  }
}
