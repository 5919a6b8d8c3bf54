package org.uidnet.programs.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ControlTest {
  private static final UUID EPOCH = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");

  private final ByteBuffer memory = Memory.of(Layouts.CONTROL, 1);
  private final Control control = new Control(memory, Layouts.CONTROL);

  @Test
  void describe_isReadBack() {
    control.describe(100, 2, Layouts.LOW_UIDS + 10, EPOCH, 4026531840L);

    assertThat(control.layoutVersion()).isEqualTo(Layouts.LAYOUT_VERSION);
    assertThat(control.slots()).isEqualTo(100);
    assertThat(control.cpus()).isEqualTo(2);
    assertThat(control.uidRows()).isEqualTo(65_546);
    assertThat(control.epoch()).isEqualTo(EPOCH);
    assertThat(control.hostNamespace()).isEqualTo(4026531840L);
    assertThat(control.attachedAt()).isZero();
  }

  @Test
  void settings_areReadBack() {
    byte[] hash = new byte[32];
    hash[0] = 1;
    hash[31] = -1;

    control.setObjectHash(hash);
    control.setAttachedAt(1_700_000_000_123_456_789L);
    control.setEnabledChains(Layouts.CHAIN_STANDBY);

    assertThat(control.objectHash()).isEqualTo(hash);
    assertThat(control.attachedAt()).isEqualTo(1_700_000_000_123_456_789L);
    assertThat(control.enabledChains()).isEqualTo(8);
  }

  @Test
  void watchForeignNamespaces_isTheProgramsWord() {
    assertThat(control.watchesForeignNamespaces()).isFalse();

    control.watchForeignNamespaces();

    assertThat(control.watchesForeignNamespaces()).isTrue();
    assertThat(memory.getInt(128)).isEqualTo(1);
  }

  /** The programs count on when nothing is left, so the words may exceed what there is. */
  @Test
  void everUsed_neverExceedsWhatThereIs() {
    control.describe(100, 1, Layouts.LOW_UIDS + 10, EPOCH, 0);
    memory.putInt(Layouts.CONTROL.offset("next_slot"), 102);
    memory.putInt(Layouts.CONTROL.offset("next_row"), 12);

    assertThat(control.slotsEverUsed()).isEqualTo(99);
    assertThat(control.highRowsEverUsed()).isEqualTo(10);
  }

  @Test
  void overflows_areReadApart() {
    memory.putLong(Layouts.CONTROL.offset("uid_overflows"), 5);
    memory.putLong(Layouts.CONTROL.offset("slot_overflows"), 6);

    assertThat(control.uidOverflows()).isEqualTo(5);
    assertThat(control.slotOverflows()).isEqualTo(6);
  }
}
