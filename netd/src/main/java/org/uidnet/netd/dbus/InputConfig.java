package org.uidnet.netd.dbus;

import java.util.Collections;
import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which services of the host are listened to.
 *
 * @param services those
 * @param demanded whether somebody named them, so that one that is not there is worth a warning
 * @param batterySaverAt the charge in percent from which on down battery saver is on while there is
 *     no mains power; empty: nobody turns it on but by hand
 * @param bus address of the message bus, as D-Bus writes it
 */
public record InputConfig(
    Set<HostService> services, boolean demanded, OptionalInt batterySaverAt, String bus) {
  /** Where the system's bus is unless {@code DBUS_SYSTEM_BUS_ADDRESS} says otherwise. */
  public static final String SYSTEM_BUS = "unix:path=/run/dbus/system_bus_socket";

  /** Nobody is listened to. */
  public static final InputConfig NONE =
      new InputConfig(Set.of(), false, OptionalInt.empty(), SYSTEM_BUS);

  public InputConfig {
    EnumSet<HostService> ordered = EnumSet.noneOf(HostService.class);
    ordered.addAll(services);
    services = Collections.unmodifiableSet(ordered);
  }
}
