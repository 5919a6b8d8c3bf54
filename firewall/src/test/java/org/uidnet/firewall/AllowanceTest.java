package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Android's {@code testUpdateEffectiveBlockedReasons}: reference/android.md 4.4, row by row. */
class AllowanceTest {
  private static final String ALL =
      "BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE LOW_POWER_STANDBY APP_BACKGROUND OEM_DENY"
          + " METERED_DATA_SAVER METERED_USER_RESTRICTED METERED_ADMIN_DISABLED";

  private static Set<String> words(String text) {
    return Arrays.stream(text.strip().split(" +"))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  private static Set<Allowance> allowances(String text) {
    EnumSet<Allowance> all = EnumSet.noneOf(Allowance.class);
    words(text).forEach(name -> all.add(Allowance.valueOf(name)));
    return all;
  }

  /** What each allowance leaves of all reasons. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SYSTEM | METERED_DATA_SAVER METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "METERED_SYSTEM | BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE LOW_POWER_STANDBY"
            + " APP_BACKGROUND OEM_DENY",
        "FOREGROUND | RESTRICTED_MODE LOW_POWER_STANDBY APP_BACKGROUND OEM_DENY METERED_DATA_SAVER"
            + " METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "METERED_FOREGROUND | BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE LOW_POWER_STANDBY"
            + " APP_BACKGROUND OEM_DENY METERED_ADMIN_DISABLED",
        "TOP | BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE APP_BACKGROUND OEM_DENY"
            + " METERED_DATA_SAVER METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "LOW_POWER_STANDBY_ALLOWLIST | BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE APP_BACKGROUND"
            + " OEM_DENY METERED_DATA_SAVER METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "POWER_SAVE_ALLOWLIST | RESTRICTED_MODE LOW_POWER_STANDBY OEM_DENY METERED_DATA_SAVER"
            + " METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "POWER_SAVE_EXCEPT_IDLE_ALLOWLIST | DOZE RESTRICTED_MODE LOW_POWER_STANDBY OEM_DENY"
            + " METERED_DATA_SAVER METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "RESTRICTED_MODE_PERMISSIONS | BATTERY_SAVER DOZE APP_STANDBY LOW_POWER_STANDBY"
            + " APP_BACKGROUND OEM_DENY METERED_DATA_SAVER METERED_USER_RESTRICTED"
            + " METERED_ADMIN_DISABLED",
        "METERED_USER_EXEMPTED | BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE LOW_POWER_STANDBY"
            + " APP_BACKGROUND OEM_DENY METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
        "NOT_IN_BACKGROUND | BATTERY_SAVER DOZE APP_STANDBY RESTRICTED_MODE LOW_POWER_STANDBY"
            + " OEM_DENY METERED_DATA_SAVER METERED_USER_RESTRICTED METERED_ADMIN_DISABLED",
      })
  void effective_ofOneAllowance_isWhatItDoesNotLift(String allowed, String left) {
    assertThat(Allowance.effective(words(ALL), allowances(allowed))).isEqualTo(words(left));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "''|''|''",
        "BATTERY_SAVER|''|BATTERY_SAVER",
        "BATTERY_SAVER DOZE|FOREGROUND POWER_SAVE_ALLOWLIST|''",
        "BATTERY_SAVER METERED_DATA_SAVER|FOREGROUND|METERED_DATA_SAVER",
        "BATTERY_SAVER METERED_DATA_SAVER|FOREGROUND METERED_FOREGROUND|''",
        "APP_STANDBY METERED_USER_RESTRICTED|METERED_SYSTEM|APP_STANDBY",
        "APP_STANDBY METERED_USER_RESTRICTED|SYSTEM METERED_SYSTEM|''",
        "LOW_POWER_STANDBY|FOREGROUND|LOW_POWER_STANDBY",
        "LOW_POWER_STANDBY|TOP|''",
        "LOW_POWER_STANDBY|LOW_POWER_STANDBY_ALLOWLIST|''",
        "APP_BACKGROUND DOZE|NOT_IN_BACKGROUND|DOZE",
        "APP_BACKGROUND DOZE|POWER_SAVE_EXCEPT_IDLE_ALLOWLIST|DOZE",
        "APP_BACKGROUND BATTERY_SAVER|POWER_SAVE_EXCEPT_IDLE_ALLOWLIST|''",
        "RESTRICTED_MODE|FOREGROUND TOP NOT_IN_BACKGROUND|RESTRICTED_MODE",
        "METERED_ADMIN_DISABLED METERED_USER_RESTRICTED|METERED_FOREGROUND|METERED_ADMIN_DISABLED",
        "METERED_USER_RESTRICTED METERED_DATA_SAVER|METERED_USER_EXEMPTED|METERED_USER_RESTRICTED",
      })
  void effective_ofSeveral(String blocked, String allowed, String left) {
    assertThat(Allowance.effective(words(blocked), allowances(allowed))).isEqualTo(words(left));
  }

  @Test
  void numbers_areAndroids() {
    assertThat(Arrays.stream(Allowance.values()).map(Allowance::number))
        .containsExactly(1, 2, 4, 8, 16, 32, 64, 128, 1 << 16, 1 << 17, 1 << 18);
  }
}
