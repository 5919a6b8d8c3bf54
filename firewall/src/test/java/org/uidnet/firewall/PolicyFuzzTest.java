package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Documents of a policy as they are stored, an input being the name of one, the end of its line and
 * the text: whichever passes the checks of a change is read again as it was.
 */
class PolicyFuzzTest extends FuzzContract {
  PolicyFuzzTest() {
    super("policy", 2000, PolicyFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", 2);
    if (parts.length == 2) {
      check(parts[0], parts[1]);
    }
  }

  private static void check(String name, String text) {
    Setting setting;
    try {
      setting = SettingText.parse(name, text);
      SettingRules.check(setting, setting, Links.NONE);
    } catch (RuntimeException e) {
      return; // nobody can have stored that: only what passes the checks is ever written
    }
    String written = SettingText.text(setting);
    assertThat(SettingText.parse(name, written)).as(written).isEqualTo(setting);
    assertThat(SettingText.text(SettingText.parse(name, written))).isEqualTo(written);
  }
}
