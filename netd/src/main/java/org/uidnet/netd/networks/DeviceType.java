package org.uidnet.netd.networks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a device of hardware is, as its driver tells sysfs: {@code wlan}, {@code wwan}, {@code
 * bluetooth}. Ethernet has no type there. Only devices of the network namespace are seen in which
 * sysfs was mounted.
 *
 * @param devices directory with a directory for each interface: {@code /sys/class/net}
 */
record DeviceType(Path devices) {
  private static final String TYPE = "DEVTYPE=";

  static final DeviceType OF_HOST = new DeviceType(Path.of("/sys/class/net"));

  /** Empty: it has none, or it cannot be read. */
  Optional<String> of(String iface) {
    try (Stream<String> lines = Files.lines(devices.resolve(iface).resolve("uevent"))) {
      return lines
          .filter(line -> line.startsWith(TYPE))
          .map(line -> line.substring(TYPE.length()))
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty();
    }
  }
}
