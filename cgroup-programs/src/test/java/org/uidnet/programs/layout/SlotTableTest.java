package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Traffic;

class SlotTableTest {
  private static final int SLOTS = 4;
  private static final int CPUS = 3;

  private final ByteBuffer memory = Memory.of(Layouts.SLOT, SLOTS * CPUS);
  private final SlotTable table = new SlotTable(memory, Layouts.SLOT, SLOTS, CPUS);

  @Test
  void read_sumsOverCpus() {
    put(0, 2, "rx.bytes", 1_500);
    put(1, 2, "rx.bytes", 40);
    put(2, 2, "tx.packets", 7);
    put(2, 2, "tx.extra_packets", 6);

    assertThat(table.read(2))
        .isEqualTo(new Counters(new Traffic(1_540, 0, 0, 7), new Traffic(0, 0, 0, 6)));
  }

  @Test
  void read_findsEveryWord() {
    long value = 1;
    for (String direction : new String[] {"rx", "tx"}) {
      for (String word : new String[] {"bytes", "packets", "extra_bytes", "extra_packets"}) {
        put(1, 3, direction + "." + word, value++);
      }
    }

    assertThat(table.read(3))
        .isEqualTo(new Counters(new Traffic(1, 2, 5, 6), new Traffic(3, 4, 7, 8)));
  }

  @Test
  void read_leavesNeighboursOut() {
    put(0, 1, "rx.bytes", 1);
    put(1, 3, "rx.bytes", 1);

    assertThat(table.read(2).isZero()).isTrue();
  }

  @Test
  void zero_clearsTheSlotOnEveryCpuAndNoOther() {
    for (int cpu = 0; cpu < CPUS; cpu++) {
      put(cpu, 1, "tx.bytes", 10);
      put(cpu, 2, "tx.bytes", 10);
    }

    table.zero(1);

    assertThat(table.read(1).isZero()).isTrue();
    assertThat(table.read(2).wire().txBytes()).isEqualTo(30);
  }

  private void put(int cpu, int slot, String word, long value) {
    memory.putLong((cpu * SLOTS + slot) * Layouts.SLOT.size() + Layouts.SLOT.offset(word), value);
  }
}
