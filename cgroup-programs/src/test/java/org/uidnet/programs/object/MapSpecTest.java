package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class MapSpecTest {
  private final MapSpec slots = ProgramObject.load().map("slots");
  private final MapSpec rodata = ProgramObject.load().map("uidnet.rodata");

  @Test
  void withMaxEntries_changesNothingElse() {
    MapSpec larger = slots.withMaxEntries(5_000);

    assertThat(larger.maxEntries()).isEqualTo(5_000);
    assertThat(larger.withMaxEntries(slots.maxEntries())).isEqualTo(slots);
  }

  @Test
  void constants_areReadByName() {
    Constants constants = rodata.constants().get();

    assertThat(constants.get("limits.slots")).isEqualTo(1024);
    assertThat(constants.get("limits.slots_per_uid")).isEqualTo(512);
    assertThat(constants.get("limits.uid_rows")).isEqualTo(66_560);
    assertThat(constants.get("limits.netns_cookie")).isEqualTo(1);
  }

  @Test
  void withConstant_changesOneOfACopy() {
    Constants changed = rodata.withConstant("limits.slots", 0xffff_ffffL).constants().get();

    assertThat(changed.get("limits.slots")).isEqualTo(4_294_967_295L);
    assertThat(changed.get("limits.slots_per_uid")).isEqualTo(512);
    assertThat(rodata.constants().get().get("limits.slots")).isEqualTo(1024);
  }

  @Test
  void withConstant_unknown_isNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rodata.withConstant("limits.slot", 1))
        .withMessage(".rodata has no constant limits.slot");
  }

  @Test
  void withConstant_tooLarge_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rodata.withConstant("limits.slots", 1L << 32))
        .withMessage("4294967296 does not fit into the 32 bits of limits.slots");
  }

  @Test
  void withContents_ofAnotherSize_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rodata.withContents(new byte[15]))
        .withMessage(".rodata holds 16 bytes, not 15");
  }

  @Test
  void withContents_copies() {
    byte[] contents = new byte[16];
    MapSpec changed = rodata.withContents(contents);
    contents[0] = 1;

    assertThat(changed.constants().get().bytes().toArray()).containsOnly(0);
  }

  @Test
  void withConstant_ofAnOrdinaryMap_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> slots.withConstant("limits.slots", 1))
        .withMessage("map slots is not a data section");
  }
}
