package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final Limits LIMITS = Limits.ofMemory(Limits.DEFAULT_MEMORY, 4, true);

  @Test
  void ofMemory_default_sharesItAmongProcessors() {
    assertThat(LIMITS.slots()).isEqualTo(32 * 1024 * 1024 / 64 / 4);
    assertThat(LIMITS.slotsPerUid()).isEqualTo(512);
    assertThat(LIMITS.highUids()).isEqualTo(16_384);
  }

  @Test
  void ofHost_fewProcessors_isNotMoreThanAnyoneNeeds() {
    assertThat(Limits.ofHost(2, true).slots()).isEqualTo(32_768);
    assertThat(Limits.ofHost(64, true).slots()).isEqualTo(8_192);
  }

  @Test
  void apply_object_sizesEachMap() {
    assertThat(entries("slots")).isEqualTo(LIMITS.slots() * 4);
    assertThat(entries("slot_keys")).isEqualTo(LIMITS.slots());
    assertThat(entries("slot_index")).isEqualTo(LIMITS.slots());
    assertThat(entries("free_slots")).isEqualTo(LIMITS.slots());
    assertThat(entries("uids")).isEqualTo(65_536 + 16_384);
    assertThat(entries("uid_rows")).isEqualTo(16_384);
    assertThat(entries("free_rows")).isEqualTo(16_384);
    assertThat(entries("namespaces")).isEqualTo(4096);
    assertThat(entries("control")).isEqualTo(1);
  }

  @Test
  void apply_constants_tellsThePrograms() {
    assertThat(constant("limits.slots")).isEqualTo(LIMITS.slots());
    assertThat(constant("limits.slots_per_uid")).isEqualTo(512);
    assertThat(constant("limits.uid_rows")).isEqualTo(65_536 + 16_384);
    assertThat(constant("limits.netns_cookie")).isEqualTo(1);
  }

  @Test
  void limits_tooSmallOrTooLarge_areRefused() {
    assertThatThrownBy(() -> Limits.ofMemory(64, 1, true)).hasMessageContaining("2 or more");
    assertThatThrownBy(() -> new Limits(100, 0, 1, 1, true)).hasMessageContaining("not 0");
    assertThatThrownBy(() -> Limits.ofMemory(1L << 32, 2, true)).hasMessageContaining("2 GiB");
  }

  private static int entries(String map) {
    return LIMITS.apply(ProgramObject.load().map(map)).maxEntries();
  }

  private static long constant(String name) {
    return ProgramObject.load().maps().stream()
        .map(LIMITS::apply)
        .flatMap(map -> map.constants().stream())
        .findFirst()
        .orElseThrow()
        .get(name);
  }
}
