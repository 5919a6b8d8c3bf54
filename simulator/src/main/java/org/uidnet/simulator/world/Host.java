package org.uidnet.simulator.world;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.uidnet.programs.Networks.Interface;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.kernel.NetworkNamespace;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.UserNamespace;
import org.uidnet.simulator.scenario.InterfaceKind;
import org.uidnet.simulator.scenario.InterfaceSpec;
import org.uidnet.simulator.scenario.NamespaceSpec;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Times;

/** All that lives from boot to reboot: the kernel, network namespaces, devices. */
final class Host {
  private static final String INSIDE = "eth0";

  private final SimulatedKernel kernel;
  private final Skb skb = new Skb();
  private final Net own;
  private final Map<String, NamespaceSpec> specs = new HashMap<>();
  private final Map<String, Net> namespaces = new HashMap<>();
  private final List<Net> nets = new CopyOnWriteArrayList<>();
  private final Map<Long, Map<Integer, LinkTruth>> truths = new LinkedHashMap<>();
  private boolean running = true;

  Host(Scenario scenario, UUID epoch, Instant bootTime, LongSupplier nanos) {
    kernel = SimulatedKernel.boot(ProgramObject.load(), scenario.limits(), epoch, bootTime, nanos);
    List<String> wanted = scenario.interfaces().stream().map(InterfaceSpec::name).toList();
    own = net(kernel.host(), wanted);
    scenario.interfaces().forEach(own::add);
    scenario.namespaces().forEach(this::add);
  }

  private Net net(NetworkNamespace namespace, List<String> wanted) {
    Map<Integer, LinkTruth> ofIndexes =
        truths.computeIfAbsent(namespace.cookie(), cookie -> new TreeMap<>());
    Net net = new Net(namespace, namespace.equals(kernel.host()), wanted, ofIndexes);
    nets.add(net);
    return net;
  }

  private void add(NamespaceSpec spec) {
    specs.put(spec.name(), spec);
    create(spec);
  }

  private void create(NamespaceSpec spec) {
    UserNamespace owner =
        spec.owner().isPresent()
            ? UserNamespace.ofRoot(spec.owner().getAsLong())
            : UserNamespace.INITIAL;
    Net net = net(kernel.namespace(owner), List.of(INSIDE));
    NetworkDevice inside = net.add(veth(INSIDE));
    inside.leadTo(own.add(veth(spec.hostInterface())));
    namespaces.put(spec.name(), net);
  }

  private static InterfaceSpec veth(String name) {
    return new InterfaceSpec(name, InterfaceKind.VETH, false, Times.ALWAYS);
  }

  SimulatedKernel kernel() {
    return kernel;
  }

  /** The packet under way: there is never more than one. */
  Skb skb() {
    return skb;
  }

  /** The host's own namespace. */
  Net own() {
    return own;
  }

  /** The one that is there now under this name. */
  Net namespace(String name) {
    Net net = namespaces.get(name);
    if (net == null) {
      throw new IllegalArgumentException("no namespace \"" + name + '"');
    }
    return net;
  }

  boolean isNamespace(String name) {
    return specs.containsKey(name);
  }

  boolean isRunning() {
    return running;
  }

  /** The power is off: counters stay readable, but nothing moves any more. */
  void stop() {
    running = false;
  }

  /** Its processes, sockets and interfaces are gone. */
  void removeNamespace(String name) {
    Net net = namespace(name);
    net.die();
    nets.remove(net);
    own.device("veth-" + name).ifPresent(own::remove);
  }

  /** A new one under the old name. */
  void restoreNamespace(String name) {
    NamespaceSpec spec = specs.get(name);
    if (spec != null) {
      create(spec);
    }
  }

  /** For any thread. */
  List<Interface> interfaces() {
    return nets.stream()
        .flatMap(net -> net.devices().stream())
        .map(NetworkDevice::reading)
        .toList();
  }

  List<Truth> truth() {
    return truths.values().stream()
        .flatMap(ofIndexes -> ofIndexes.values().stream())
        .map(LinkTruth::read)
        .toList();
  }
}
