package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceTypeTest {
  @TempDir Path devices;

  private void device(String name, String uevent) throws IOException {
    Files.writeString(Files.createDirectory(devices.resolve(name)).resolve("uevent"), uevent);
  }

  @Test
  void of_hardware_isWhatItsDriverSays() throws IOException {
    device("wlan0", "DEVTYPE=wlan\nINTERFACE=wlan0\nIFINDEX=3\n");
    device("eth0", "INTERFACE=eth0\nIFINDEX=2\n");
    DeviceType types = new DeviceType(devices);
    assertThat(types.of("wlan0")).contains("wlan");
    assertThat(types.of("eth0")).isEmpty();
    assertThat(types.of("gone0")).isEmpty();
  }
}
