package org.uidnet.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.uidnet.programs.Counters;
import org.uidnet.programs.SlotId;

/** What the kernel counted beyond the last commit. Thread-safe: waits for nobody. */
final class Live {
  private static final int ATTEMPTS = 10;

  private final SlotReader reader;
  private final Supplier<State> published;

  Live(SlotReader reader, Supplier<State> published) {
    this.reader = reader;
    this.published = published;
  }

  /** A state and what came after it, by slot key; slot 0 apart. */
  record Beyond(State state, Map<SlotId, Counters> counters, Counters overflow) {}

  /**
   * Reads without a lock and asks afterwards whether the state is still the published one. If it
   * is, no slot was reused meanwhile, for before that the writer publishes the state in which the
   * slot's reading is marked as its last, and before it zeroes it.
   */
  @SuppressWarnings("ReferenceEquality") // The same object: an equal one may come from a reload.
  Beyond read() {
    for (int i = 1; ; i++) {
      State state = published.get();
      Beyond beyond = read(state);
      if (published.get() == state || i == ATTEMPTS) {
        return beyond;
      }
    }
  }

  private Beyond read(State state) {
    Map<SlotId, Counters> counters = new HashMap<>();
    for (int slot = 1; slot <= reader.lastSlot(); slot++) {
      if (!state.baseline().retired().get(slot)) {
        reader
            .read(slot)
            .ifPresent(
                reading -> counters.merge(reading.id(), delta(state, reading), Counters::plus));
      }
    }
    counters.values().removeIf(Counters::isZero);
    return new Beyond(state, counters, reader.read(0).map(r -> delta(state, r)).orElseThrow());
  }

  private static Counters delta(State state, SlotReader.Reading reading) {
    Counters delta = reading.counters().minus(state.baseline().get(reading.slot()));
    return Values.anyNegative(delta) ? Counters.NONE : delta;
  }
}
