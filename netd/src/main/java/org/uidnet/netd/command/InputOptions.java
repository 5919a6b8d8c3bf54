package org.uidnet.netd.command;

import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.uidnet.netd.dbus.HostService;
import org.uidnet.netd.dbus.InputConfig;
import picocli.CommandLine.Option;

/** Which services of the host tell the daemon how the device and its networks are. */
final class InputOptions {
  private static final String BUS_VARIABLE = "DBUS_SYSTEM_BUS_ADDRESS";

  @Option(
      names = "--inputs",
      paramLabel = "LIST",
      converter = ServiceList.Converter.class,
      description = {
        "Services of the host to listen to over D-Bus: upower (charging), logind (screen-on; a"
            + " snapshot before sleep), networkmanager (metered and network of interfaces); a list"
            + " is parted by commas, or 'none'. Default: those that are there."
      })
  private Optional<ServiceList> services;

  @Option(
      names = "--battery-saver-at",
      paramLabel = "PERCENT",
      converter = WholeNumber.Percent.class,
      description =
          "Turn battery saver on from this charge on down, and off on mains power; by upower."
              + " Default: only by hand.")
  private Optional<Integer> batterySaverAt;

  InputConfig config(Map<String, String> environment) {
    return new InputConfig(
        services.map(ServiceList::services).orElse(EnumSet.allOf(HostService.class)),
        services.isPresent(),
        batterySaverAt.map(OptionalInt::of).orElse(OptionalInt.empty()),
        environment.getOrDefault(BUS_VARIABLE, InputConfig.SYSTEM_BUS));
  }
}
