package org.uidnet.programs.layout;

import java.nio.ByteBuffer;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Traffic;

/**
 * The counters of all slots, laid out CPU by CPU. Programs add; the daemon reads, and zeroes
 * retired slots only. A read is not one instant: each word is exact, and none is ever lost or torn.
 */
public final class SlotTable {
  private static final String[] WORDS = {
    "rx.bytes", "rx.packets", "tx.bytes", "tx.packets",
    "rx.extra_bytes", "rx.extra_packets", "tx.extra_bytes", "tx.extra_packets"
  };

  private final ByteBuffer memory;
  private final int size;
  private final int slots;
  private final int cpus;
  private final int[] words = new int[WORDS.length];

  /** Views the memory as {@code cpus} tables of {@code slots} counters each. */
  public SlotTable(ByteBuffer memory, StructLayout slot, int slots, int cpus) {
    this.memory = memory;
    this.size = slot.size();
    this.slots = slots;
    this.cpus = cpus;
    for (int i = 0; i < words.length; i++) {
      words[i] = slot.offset(WORDS[i]);
    }
  }

  /** Number of slots of one CPU, slot 0 included. */
  public int slots() {
    return slots;
  }

  public int cpus() {
    return cpus;
  }

  /** The sum over all CPUs. */
  public Counters read(int slot) {
    return new Counters(
        new Traffic(sum(slot, 0), sum(slot, 1), sum(slot, 2), sum(slot, 3)),
        new Traffic(sum(slot, 4), sum(slot, 5), sum(slot, 6), sum(slot, 7)));
  }

  /** Zeroes a slot that no program adds to any more. */
  public void zero(int slot) {
    for (int cpu = 0; cpu < cpus; cpu++) {
      for (int word : words) {
        Words.setLong(memory, at(cpu, slot) + word, 0);
      }
    }
  }

  private long sum(int slot, int word) {
    long sum = 0;
    for (int cpu = 0; cpu < cpus; cpu++) {
      sum += Words.getLong(memory, at(cpu, slot) + words[word]);
    }
    return sum;
  }

  private int at(int cpu, int slot) {
    return (cpu * slots + slot) * size;
  }
}
