package org.uidnet.programs.layout;

/** Life of a slot, see {@code layout.h}. */
public enum SlotState {
  UNUSED(Layouts.SLOT_UNUSED),
  LIVE(Layouts.SLOT_LIVE),
  RETIRED(Layouts.SLOT_RETIRED),
  FREE(Layouts.SLOT_FREE);

  private static final SlotState[] ALL = values();

  private final int number;

  SlotState(int number) {
    this.number = number;
  }

  /** The state as programs see it. */
  int number() {
    return number;
  }

  static SlotState of(int number) {
    for (SlotState state : ALL) {
      if (state.number == number) {
        return state;
      }
    }
    throw new IllegalArgumentException("no slot state has number " + number);
  }
}
