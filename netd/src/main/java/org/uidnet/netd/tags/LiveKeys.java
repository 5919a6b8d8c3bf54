package org.uidnet.netd.tags;

import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.SlotKeys;
import org.uidnet.programs.layout.SlotState;

/** How many keys count now: read from shared memory, without a system call. Thread-safe. */
record LiveKeys(Control control, SlotKeys keys) {
  int slots() {
    return keys.slots();
  }

  /** Counted only where so many slots were ever used; some 40 µs for 30,000. */
  boolean areMoreThan(long most) {
    return control.slotsEverUsed() > most && count() > most;
  }

  private long count() {
    long live = 0;
    for (int slot = 1; slot <= control.slotsEverUsed(); slot++) {
      live += keys.state(slot) == SlotState.LIVE ? 1 : 0;
    }
    return live;
  }
}
