package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.firewall.DeviceFlag.BATTERY_SAVER;
import static org.uidnet.firewall.DeviceFlag.CHARGING;
import static org.uidnet.netd.dbus.HostService.UPOWER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real bus, with a UPower that dbusmock plays. */
@Timeout(60)
class UpowerTest {
  private static final String NAME = "org.freedesktop.UPower";
  private static final String PATH = "/org/freedesktop/UPower";
  private static final String BATTERY = PATH + "/devices/DisplayDevice";

  @TempDir Path directory;

  private Listening started(OptionalInt batterySaverAt) throws IOException {
    Listening listening = Listening.toUpower(directory, batterySaverAt);
    listening.bus().start("upower", NAME, "{}");
    return listening;
  }

  private static void setOnBattery(Listening listening, String value) {
    listening.bus().set(NAME, PATH, NAME, "OnBattery", value);
  }

  private static void setBattery(Listening listening, String property, String value) {
    listening.bus().set(NAME, BATTERY, NAME + ".Device", property, value);
  }

  @Test
  void charging_isMainsPower() throws IOException {
    try (Listening listening = started(OptionalInt.empty())) {
      setBattery(listening, "IsPresent", "boolean:true");
      listening.await(CHARGING, true);
      setOnBattery(listening, "boolean:true");
      listening.await(CHARGING, false);
      setOnBattery(listening, "boolean:false");
      listening.await(CHARGING, true);
      assertThat(listening.device()).containsOnlyKeys(CHARGING);
    }
  }

  @Test
  void hostWithoutABattery_isNotSpokenOf() throws IOException {
    try (Listening listening = started(OptionalInt.empty())) {
      listening.awaitHeard(UPOWER);
      assertThat(listening.device()).isEmpty();
    }
  }

  @Test
  void batterySaver_isOnAtTheConfiguredCharge_withoutMains() throws IOException {
    try (Listening listening = started(OptionalInt.of(20))) {
      setBattery(listening, "IsPresent", "boolean:true");
      setBattery(listening, "Percentage", "double:20.5");
      setOnBattery(listening, "boolean:true");
      listening.await(CHARGING, false);
      listening.await(BATTERY_SAVER, false);
      setBattery(listening, "Percentage", "double:20.0");
      listening.await(BATTERY_SAVER, true);
      setOnBattery(listening, "boolean:false");
      listening.await(BATTERY_SAVER, false);
    }
  }

  @Test
  void valueOfAnotherType_isTrouble_untilItIsRight() throws IOException {
    try (Listening listening = started(OptionalInt.empty())) {
      setBattery(listening, "IsPresent", "boolean:true");
      listening.await(CHARGING, true);
      setOnBattery(listening, "string:perhaps");
      listening.awaitTrouble(
          UPOWER, "property OnBattery of org.freedesktop.UPower is 'perhaps', which is no Boolean");
      assertThat(listening.device()).containsEntry(CHARGING, true);
      setOnBattery(listening, "boolean:true");
      listening.await(CHARGING, false);
      listening.awaitHeard(UPOWER);
    }
  }
}
