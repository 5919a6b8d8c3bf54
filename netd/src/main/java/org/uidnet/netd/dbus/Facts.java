package org.uidnet.netd.dbus;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.uidnet.firewall.DeviceFlag;

/**
 * What one service says of the host. A value, and pure.
 *
 * @param device how the device is, as far as the service knows now
 * @param networks what interfaces are connected to, by name; the others to nothing
 */
public record Facts(Map<DeviceFlag, Boolean> device, SortedMap<String, Network> networks) {
  public static final Facts NONE = new Facts(Map.of(), new TreeMap<>());

  /**
   * What an interface is connected to.
   *
   * @param name as its user calls it; untrusted text
   */
  public record Network(boolean metered, Optional<String> name) {
    public static final Network NONE = new Network(false, Optional.empty());
  }

  public Facts {
    EnumMap<DeviceFlag, Boolean> flags = new EnumMap<>(DeviceFlag.class);
    flags.putAll(device);
    device = Collections.unmodifiableMap(flags);
    networks = Collections.unmodifiableSortedMap(new TreeMap<>(networks));
  }

  static Facts ofDevice(Map<DeviceFlag, Boolean> device) {
    return new Facts(device, new TreeMap<>());
  }

  static Facts ofNetworks(SortedMap<String, Network> networks) {
    return new Facts(Map.of(), networks);
  }

  public Network network(String iface) {
    return networks.getOrDefault(iface, Network.NONE);
  }

  /**
   * What is known when this was said after that: a device of which nothing is said is as before.
   */
  Facts after(Facts before) {
    EnumMap<DeviceFlag, Boolean> known = new EnumMap<>(DeviceFlag.class);
    known.putAll(before.device);
    known.putAll(device);
    return new Facts(known, networks);
  }
}
