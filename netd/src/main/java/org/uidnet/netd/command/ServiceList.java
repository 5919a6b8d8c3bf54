package org.uidnet.netd.command;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.uidnet.netd.dbus.HostService;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --inputs} says: {@code upower,logind}, or {@code none}. */
record ServiceList(Set<HostService> services) {
  private static final String NONE = "none";

  /** Reads it. */
  static final class Converter implements ITypeConverter<ServiceList> {
    @Override
    public ServiceList convert(String text) {
      Set<HostService> services = EnumSet.noneOf(HostService.class);
      if (!text.equals(NONE)) {
        Arrays.stream(text.split(",", -1)).map(Converter::service).forEach(services::add);
      }
      return new ServiceList(services);
    }

    private static HostService service(String name) {
      return Arrays.stream(HostService.values())
          .filter(service -> service.toString().equals(name.strip()))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no service that is listened to; name some of upower, logind, networkmanager, or none"
                          .formatted(name.strip())));
    }
  }
}
