package org.uidnet.netd.testing;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** A NetworkManager that dbusmock plays, with Wi-Fi interfaces that need not be there. */
public final class MockedNetworks {
  private static final String NAME = "org.freedesktop.NetworkManager";
  private static final String PATH = "/org/freedesktop/NetworkManager";
  private static final String MOCK = "org.freedesktop.DBus.Mock.";
  private static final String DEVICE = NAME + ".Device";
  private static final String CONNECTION = NAME + ".Connection.Active";

  private final PrivateBus bus;
  private final Map<String, String> connections = new HashMap<>();
  private int made;

  private MockedNetworks(PrivateBus bus) {
    this.bus = bus;
  }

  public static MockedNetworks startedOn(PrivateBus bus) throws IOException {
    bus.start("networkmanager", NAME, "{}");
    return new MockedNetworks(bus);
  }

  private static String device(String iface) {
    return PATH + "/Devices/" + word(iface);
  }

  private static String word(String iface) {
    return iface.replace('-', '_');
  }

  private String mock(String method, String... arguments) {
    return bus.call(NAME, PATH, MOCK + method, arguments).strip();
  }

  /**
   * An interface that is connected to nothing.
   *
   * @param metered an NMMetered
   */
  public void addWifi(String iface, long metered) {
    mock("AddWiFiDevice", "string:" + word(iface), "string:" + iface, "int32:30");
    bus.add(NAME, device(iface), DEVICE, "Metered", "uint32:" + metered);
  }

  public void setMetered(String iface, long metered) {
    setDevice(iface, "Metered", "uint32:" + metered);
  }

  public void setDevice(String iface, String property, String value) {
    bus.set(NAME, device(iface), DEVICE, property, value);
  }

  /** Connects it to a network of that name. */
  public void connect(String iface, String network) {
    String number = "n" + made++;
    String accessPoint =
        mock(
            "AddAccessPoint",
            "string:" + device(iface),
            "string:" + number,
            "string:" + network,
            "string:00:11:22:33:44:55",
            "uint32:2",
            "uint32:2425",
            "uint32:5400",
            "byte:82",
            "uint32:0");
    String connection =
        mock(
            "AddWiFiConnection",
            "string:" + device(iface),
            "string:" + number,
            "string:" + network,
            "string:");
    String active =
        bus.call(
                NAME,
                PATH,
                NAME + ".ActivateConnection",
                "objpath:" + connection,
                "objpath:" + device(iface),
                "objpath:" + accessPoint)
            .strip();
    connections.put(iface, active);
  }

  public void disconnect(String iface) {
    mock(
        "RemoveActiveConnection", "string:" + device(iface), "string:" + connections.remove(iface));
  }

  /** Of the interface's connection. */
  public void setConnection(String iface, String property, String value) {
    bus.set(NAME, connections.get(iface), CONNECTION, property, value);
  }

  /** One that the connection does not have yet, and of which nobody is told. */
  public void addToConnection(String iface, String property, String value) {
    bus.add(NAME, connections.get(iface), CONNECTION, property, value);
  }
}
