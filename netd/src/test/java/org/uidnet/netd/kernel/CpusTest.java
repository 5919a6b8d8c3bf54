package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CpusTest {
  @Test
  void parse_listWithHoles_isTheHighestPlusOne() {
    assertThat(Cpus.parse("0-3,8\n")).isEqualTo(9);
    assertThat(Cpus.parse("0\n")).isEqualTo(1);
  }

  @Test
  void possible_thisHost_hasOne() {
    assertThat(Cpus.possible()).isPositive();
  }
}
