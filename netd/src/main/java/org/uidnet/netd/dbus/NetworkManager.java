package org.uidnet.netd.dbus;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.freedesktop.dbus.matchrules.DBusMatchRule;

/**
 * What interfaces are connected to, as NetworkManager tells it. VPNs that lie upon an interface do
 * not name it, and connections that others made, as of containers, are not NetworkManager's to
 * judge.
 */
final class NetworkManager implements Source {
  private static final String NAME = "org.freedesktop.NetworkManager";
  private static final String PATH = "/org/freedesktop/NetworkManager";
  private static final String CONNECTION = NAME + ".Connection.Active";
  private static final String DEVICE = NAME + ".Device";

  /** NM_ACTIVATION_STATE_FLAG_EXTERNAL. */
  private static final long EXTERNAL = 0x80;

  /** NM_METERED_YES and NM_METERED_GUESS_YES. */
  private static final Set<Long> METERED = Set.of(1L, 3L);

  private static final int LONGEST_NAME = 100;

  @Override
  public HostService service() {
    return HostService.NETWORKMANAGER;
  }

  @Override
  public String busName() {
    return NAME;
  }

  @Override
  public List<DBusMatchRule> signals() {
    return Signals.propertiesOf(NAME, CONNECTION, DEVICE);
  }

  @Override
  public Optional<Facts> read(ObjectReader bus) {
    return bus.properties(NAME, PATH, NAME)
        .map(manager -> Facts.ofNetworks(networks(bus, manager.paths("ActiveConnections"))));
  }

  /** What ended between two answers is not there any more. */
  private static SortedMap<String, Facts.Network> networks(
      ObjectReader bus, List<String> connections) {
    SortedMap<String, Facts.Network> networks = new TreeMap<>();
    for (String path : connections) {
      bus.properties(NAME, path, CONNECTION)
          .filter(NetworkManager::isOfInterface)
          .ifPresent(connection -> add(bus, connection, networks));
    }
    return networks;
  }

  private static boolean isOfInterface(ObjectProperties connection) {
    return !connection.flag("Vpn") && (connection.number("StateFlags", 0) & EXTERNAL) == 0;
  }

  private static void add(
      ObjectReader bus, ObjectProperties connection, SortedMap<String, Facts.Network> networks) {
    Optional<String> name = name(connection.text("Id"));
    for (String path : connection.paths("Devices")) {
      bus.properties(NAME, path, DEVICE)
          .ifPresent(
              device ->
                  networks.put(
                      iface(device),
                      new Facts.Network(METERED.contains(device.number("Metered", 0)), name)));
    }
  }

  /** A modem's packets go through another interface than the one that it is controlled by. */
  private static String iface(ObjectProperties device) {
    String packets = device.text("IpInterface");
    return packets.isEmpty() ? device.text("Interface") : packets;
  }

  /** As the firewall takes it, and no half of a letter at its end. */
  private static Optional<String> name(String id) {
    String plain = id.replaceAll("\\p{Cc}", " ").strip();
    int end = Math.min(plain.length(), LONGEST_NAME);
    boolean halved = end > 0 && Character.isHighSurrogate(plain.charAt(end - 1));
    return Optional.of(plain.substring(0, halved ? end - 1 : end).strip())
        .filter(text -> !text.isEmpty());
  }
}
