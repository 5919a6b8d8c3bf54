package org.uidnet.stats;

import java.util.BitSet;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Traffic;

/**
 * What each slot held when it was last stored. Never changes.
 *
 * @param retired slots whose last reading this is: they may be zeroed, and are not read any more
 */
record Baseline(Chunks counters, BitSet retired) {
  static final Baseline NONE = new Baseline(Chunks.empty(Values.COUNTERS), new BitSet());

  Counters get(int slot) {
    return new Counters(
        new Traffic(at(slot, 0), at(slot, 1), at(slot, 2), at(slot, 3)),
        new Traffic(at(slot, 4), at(slot, 5), at(slot, 6), at(slot, 7)));
  }

  private long at(int slot, int column) {
    return counters.get(slot, column);
  }

  /** Bits of a chunk's retired slots. */
  byte[] retiredOf(int chunk) {
    return retired.get(chunk * Chunks.ROWS, (chunk + 1) * Chunks.ROWS).toByteArray();
  }

  Editor edit() {
    return new Editor(counters.edit(), (BitSet) retired.clone());
  }

  /** Prepares the next one. */
  record Editor(Chunks.Editor counters, BitSet retired) {
    void set(int slot, Counters value) {
      long[] values = Values.join(value.wire(), value.extra());
      for (int column = 0; column < values.length; column++) {
        counters.set(slot, column, values[column]);
      }
    }

    /** Says that the value is the slot's last. */
    void retire(int slot, Counters value) {
      set(slot, value);
      retired.set(slot);
    }

    void clear(int slot) {
      counters.clear(slot);
      retired.clear(slot);
    }

    void load(int chunk, byte[] packed, byte[] retiredBits) {
      counters.load(chunk, packed);
      BitSet.valueOf(retiredBits).stream().forEach(bit -> retired.set(chunk * Chunks.ROWS + bit));
    }

    BitSet changedChunks() {
      return counters.changed();
    }

    Baseline done() {
      return new Baseline(counters.done(), retired);
    }
  }
}
