package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class UidTableTest {
  private static final int ROWS = Layouts.LOW_UIDS + 16;

  private final ByteBuffer memory = Memory.of(Layouts.UID_ROW, ROWS);
  private final UidTable uids = new UidTable(memory, Layouts.UID_ROW);

  @Test
  void rows_fillTheMemory() {
    assertThat(uids.rows()).isEqualTo(ROWS);
  }

  @Test
  void uid_lowRow_isItsNumber() {
    assertThat(uids.uid(0)).isZero();
    assertThat(uids.uid(65_535)).isEqualTo(65_535);
  }

  @Test
  void uid_highRow_isUnsigned() {
    int row = Layouts.LOW_UIDS + 3;
    memory.putInt(at(row, "uid"), (int) 4_000_000_000L);

    assertThat(uids.uid(row)).isEqualTo(4_000_000_000L);
  }

  @Test
  void rulesAndSet_areWordsOfTheirOwn() {
    uids.setRules(1000, Layouts.CHAIN_DOZABLE | Layouts.CHAIN_METERED_DENY_ADMIN);
    uids.setCounterSet(1000, Layouts.SET_FOREGROUND);

    assertThat(uids.rules(1000)).isEqualTo(8196);
    assertThat(uids.counterSet(1000)).isEqualTo(1);
    assertThat(memory.getInt(at(1000, "rules"))).isEqualTo(8196);
    assertThat(uids.rules(999)).isZero();
    assertThat(uids.rules(1001)).isZero();
  }

  @Test
  void releaseSlot_takesOneFromTheRow() {
    memory.putInt(at(7, "live_slots"), 3);

    uids.releaseSlot(7);

    assertThat(uids.liveSlots(7)).isEqualTo(2);
    assertThat(uids.liveSlots(8)).isZero();
  }

  private static int at(int row, String field) {
    return row * Layouts.UID_ROW.size() + Layouts.UID_ROW.offset(field);
  }
}
