package org.uidnet.simulator.scenario;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.uidnet.programs.object.Limits;

/**
 * A host, who uses it, and what happens to it. Plain data; {@link Scenarios} reads it.
 *
 * @param title one line for people
 * @param zone of all times of day
 * @param limits sizes of the kernel's maps
 * @param interfaces of the host, the most wanted first; {@code lo} is there without being named
 * @param namespaces other network namespaces, each with an {@code eth0} and a veth to the host
 * @param users whoever has a UID: people, services, apps
 * @param device when each flag of the device is set
 * @param incidents what goes wrong
 */
public record Scenario(
    String title,
    ZoneId zone,
    Limits limits,
    List<InterfaceSpec> interfaces,
    List<NamespaceSpec> namespaces,
    List<UserSpec> users,
    Map<DeviceFlag, Times> device,
    List<Incident> incidents) {

  public Scenario {
    interfaces = List.copyOf(interfaces);
    namespaces = List.copyOf(namespaces);
    users = List.copyOf(users);
    device = Map.copyOf(device);
    incidents = List.copyOf(incidents);
  }
}
