package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is stored is read as it was, and can be read by people. */
class TextTest {
  @Test
  void settings_areReadAsTheyWereWritten() {
    long seed = System.nanoTime();
    RandomPolicies random = new RandomPolicies(seed);
    for (int i = 0; i < 500; i++) {
      Setting setting = random.document();
      String name = SettingText.name(setting.getClass());
      assertThat(SettingText.parse(name, SettingText.text(setting)))
          .as("seed %d", seed)
          .isEqualTo(setting);
    }
  }

  @Test
  void chains_areReadAsTheyWereWritten() {
    long seed = System.nanoTime();
    RandomPolicies random = new RandomPolicies(seed);
    for (int i = 0; i < 200; i++) {
      for (ChainState chain : random.policy().chains().values()) {
        assertThat(ChainText.parse(chain.name(), ChainText.text(chain)))
            .as("seed %d", seed)
            .isEqualTo(chain);
      }
    }
  }

  @Test
  void interfaces_areALineEach() {
    Setting.Attributes work =
        new Setting.Attributes(
            true, false, true, Optional.of("wifi"), Optional.of("a metered net=work"), true);
    Setting.Interfaces document =
        new Setting.Interfaces(
            new TreeMap<>(Map.of("wlan0", work, "eth0", Setting.Attributes.PLAIN)));
    assertThat(SettingText.lines(document))
        .containsExactly("eth0", "wlan0 metered vpn default type=wifi network=a metered net=work");
  }

  @Test
  void permissions_areALineEach() {
    Setting.Permissions document =
        new Setting.Permissions(
            new TreeSet<>(List.of(7L, 8L)), new TreeSet<>(List.of(9L)), new TreeSet<>());
    assertThat(SettingText.lines(document))
        .containsExactly("no-internet 7-8", "update-device-stats 9");
  }

  @Test
  void uidSet_isRanges() {
    UidSet set = UidSet.of(List.of(7L, 5L, 6L, 4_294_967_294L, 9L, 5L));
    assertThat(set).hasToString("5-7 9 4294967294");
    assertThat(UidSet.parse("5-7 9 4294967294")).isEqualTo(set);
    assertThat(UidSet.parse("")).isEqualTo(UidSet.EMPTY);
    assertThat(set.with(8).toString()).isEqualTo("5-9 4294967294");
    assertThat(set.without(6).toString()).isEqualTo("5 7 9 4294967294");
    assertThat(set.minus(UidSet.parse("6-9")).toString()).isEqualTo("5 4294967294");
  }
}
