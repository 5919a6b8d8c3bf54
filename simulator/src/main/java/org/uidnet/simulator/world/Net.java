package org.uidnet.simulator.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.uidnet.simulator.kernel.NetworkNamespace;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.scenario.InterfaceKind;
import org.uidnet.simulator.scenario.InterfaceSpec;
import org.uidnet.simulator.scenario.Times;

/**
 * A network namespace with its devices and listening sockets. For the world's thread; the list of
 * devices for any.
 */
final class Net {
  private final NetworkNamespace namespace;
  private final boolean host;
  private final List<String> wanted;
  private final List<NetworkDevice> devices = new CopyOnWriteArrayList<>();
  private final Map<Integer, LinkTruth> truths;
  private final Map<String, Socket> listeners = new HashMap<>();
  private Optional<NetworkDevice> carrier = Optional.empty();
  private boolean alive = true;
  private int lastIfindex;

  /**
   * Makes one with its loopback device.
   *
   * @param wanted interfaces that may carry its traffic, the most wanted first
   * @param truths by interface index, kept when devices go
   */
  Net(
      NetworkNamespace namespace,
      boolean host,
      List<String> wanted,
      Map<Integer, LinkTruth> truths) {
    this.namespace = namespace;
    this.host = host;
    this.wanted = wanted;
    this.truths = truths;
    add(new InterfaceSpec("lo", InterfaceKind.LOOPBACK, false, Times.ALWAYS));
  }

  NetworkNamespace namespace() {
    return namespace;
  }

  long cookie() {
    return namespace.cookie();
  }

  boolean isHost() {
    return host;
  }

  boolean isAlive() {
    return alive;
  }

  /** Its sockets are gone, and what they had in mind. */
  void die() {
    alive = false;
    devices.clear();
    carrier = Optional.empty();
  }

  List<NetworkDevice> devices() {
    return devices;
  }

  NetworkDevice add(InterfaceSpec spec) {
    return add(spec, ++lastIfindex);
  }

  /** With the index of a removed one. */
  NetworkDevice add(InterfaceSpec spec, int ifindex) {
    LinkTruth truth = truths.computeIfAbsent(ifindex, i -> new LinkTruth(cookie(), i));
    NetworkDevice device = new NetworkDevice(spec, this, ifindex, truth);
    devices.add(device);
    chooseCarrier();
    return device;
  }

  void remove(NetworkDevice device) {
    devices.remove(device);
    chooseCarrier();
  }

  void setUp(NetworkDevice device, boolean up) {
    device.setUp(up);
    chooseCarrier();
  }

  /** The device that leads outside; empty: offline. */
  Optional<NetworkDevice> carrier() {
    return carrier;
  }

  private void chooseCarrier() {
    carrier =
        wanted.stream()
            .flatMap(name -> device(name).stream())
            .filter(NetworkDevice::isUp)
            .findFirst();
  }

  Optional<NetworkDevice> device(String name) {
    for (NetworkDevice device : devices) {
      if (device.spec().name().equals(name)) {
        return Optional.of(device);
      }
    }
    return Optional.empty();
  }

  boolean isListener(Socket socket) {
    return listeners.containsValue(socket);
  }

  /** Made at its first use; empty if the user may not make sockets. */
  Optional<Socket> listener(SimulatedKernel kernel, long uid, int family, int type, int protocol) {
    String key = uid + "/" + family;
    if (!listeners.containsKey(key)) {
      kernel
          .trySocket(uid, namespace, family, type, protocol)
          .ifPresent(made -> listeners.put(key, made));
    }
    return Optional.ofNullable(listeners.get(key));
  }
}
