package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against Android's facts: reference/android.md 3.1. */
class ChainTest {
  @Test
  void bits_areAndroids() {
    assertThat(Chain.METERED_ALLOW.bit()).isEqualTo(1);
    assertThat(Chain.METERED_DENY_USER.bit()).isEqualTo(1 << 1);
    assertThat(Chain.DOZABLE.bit()).isEqualTo(1 << 2);
    assertThat(Chain.STANDBY.bit()).isEqualTo(1 << 3);
    assertThat(Chain.POWERSAVE.bit()).isEqualTo(1 << 4);
    assertThat(Chain.RESTRICTED.bit()).isEqualTo(1 << 5);
    assertThat(Chain.LOW_POWER_STANDBY.bit()).isEqualTo(1 << 6);
    assertThat(Chain.OEM_DENY_1.bit()).isEqualTo(1 << 9);
    assertThat(Chain.OEM_DENY_2.bit()).isEqualTo(1 << 10);
    assertThat(Chain.OEM_DENY_3.bit()).isEqualTo(1 << 11);
    assertThat(Chain.BACKGROUND.bit()).isEqualTo(1 << 12);
  }

  @Test
  void bits_areDistinct() {
    int all = Arrays.stream(Chain.values()).mapToInt(Chain::bit).reduce(0, (a, b) -> a | b);

    assertThat(Integer.bitCount(all)).isEqualTo(Chain.values().length);
  }

  @Test
  void number_isThePlaceInAndroidsList() {
    assertThat(Arrays.stream(Chain.values()).map(Chain::number))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
  }

  @Test
  void hasSwitch_notForMeteredChains() {
    assertThat(Arrays.stream(Chain.values()).filter(chain -> !chain.kind().hasSwitch()))
        .containsExactly(Chain.METERED_ALLOW, Chain.METERED_DENY_USER, Chain.METERED_DENY_ADMIN);
  }

  /** Android's setUidRule: a list holds what differs from the default of its kind. */
  @Test
  void lists_rulesThatDifferFromTheDefault() {
    for (Chain.Kind kind : Chain.Kind.values()) {
      Rule listed = kind.isAllowlist() ? Rule.ALLOW : Rule.DENY;

      assertThat(Arrays.stream(Rule.values()).filter(kind::lists)).containsExactly(listed);
      assertThat(kind.rule(true)).isEqualTo(listed);
      assertThat(kind.rule(false)).isNotEqualTo(listed);
    }
  }

  @Test
  void of_findsByTheNameUsedOutside() {
    assertThat(Chain.of("oem-deny-1")).contains(Chain.OEM_DENY_1);
    assertThat(Chain.of("low-power-standby")).contains(Chain.LOW_POWER_STANDBY);
    assertThat(Chain.of("OEM_DENY_1")).isEmpty();
  }
}
