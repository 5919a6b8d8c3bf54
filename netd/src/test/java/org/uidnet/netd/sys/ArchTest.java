package org.uidnet.netd.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ArchTest {
  @Test
  void of_knownNames_haveTheirNumbers() {
    assertThat(Arch.of("amd64").bpf()).isEqualTo(321);
    assertThat(Arch.of("x86_64").bpf()).isEqualTo(321);
    assertThat(Arch.of("aarch64").bpf()).isEqualTo(280);
  }

  @Test
  void of_otherName_isRefusedInASentence() {
    assertThatThrownBy(() -> Arch.of("riscv64"))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("x86_64 and aarch64 only")
        .hasMessageContaining("'riscv64'");
  }
}
