package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.SlotId;

class SlotKeysTest {
  private final ByteBuffer memory = Memory.of(Layouts.SLOT_KEY, 8);
  private final SlotKeys keys = new SlotKeys(memory, Layouts.SLOT_KEY);

  @Test
  void slots_fillTheMemory() {
    assertThat(keys.slots()).isEqualTo(8);
  }

  @Test
  void id_isUnsigned() {
    putInt(5, "id.uid", (int) 4_000_000_000L);
    putInt(5, "id.tag", 0xffff_fffe);
    putInt(5, "id.set", Layouts.SET_OVERFLOW);
    putInt(5, "id.ifindex", 2);
    memory.putLong(at(5, "id.netns"), 4026531840L);

    assertThat(keys.id(5))
        .isEqualTo(new SlotId(4_000_000_000L, 4_294_967_294L, 255, 2, 4026531840L));
  }

  @Test
  void state_isThatOfTheHeader() {
    assertThat(keys.state(1)).isEqualTo(SlotState.UNUSED);
    putInt(1, "state", Layouts.SLOT_RETIRED);
    assertThat(keys.state(1)).isEqualTo(SlotState.RETIRED);
  }

  @Test
  void state_unknown_isRefused() {
    putInt(1, "state", 4);

    assertThatThrownBy(() -> keys.state(1)).hasMessage("no slot state has number 4");
  }

  @Test
  void changeState_onlyFromTheExpectedOne() {
    putInt(3, "state", Layouts.SLOT_LIVE);

    assertThat(keys.changeState(3, SlotState.RETIRED, SlotState.FREE)).isFalse();
    assertThat(keys.state(3)).isEqualTo(SlotState.LIVE);
    assertThat(keys.changeState(3, SlotState.LIVE, SlotState.RETIRED)).isTrue();
    assertThat(keys.state(3)).isEqualTo(SlotState.RETIRED);
    assertThat(keys.state(2)).isEqualTo(SlotState.UNUSED);
    assertThat(keys.state(4)).isEqualTo(SlotState.UNUSED);
  }

  private void putInt(int slot, String field, int value) {
    memory.putInt(at(slot, field), value);
  }

  private static int at(int slot, String field) {
    return slot * Layouts.SLOT_KEY.size() + Layouts.SLOT_KEY.offset(field);
  }
}
