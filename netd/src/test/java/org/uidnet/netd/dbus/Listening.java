package org.uidnet.netd.dbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.netd.testing.PrivateBus;

/** A private bus, a listener to it on a thread of its own, and what it has heard. */
final class Listening implements HostListener, AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long GLANCE_MILLIS = 20;

  private final Path directory;
  private final PrivateBus bus;
  private final OptionalInt batterySaverAt;
  private final Set<HostService> services;

  /** Guarded by this. */
  private final List<HostService> speakers = new ArrayList<>();

  private final Map<DeviceFlag, Boolean> device = new EnumMap<>(DeviceFlag.class);
  private final Map<String, Facts.Network> networks = new TreeMap<>();
  private final List<String> sleep = new ArrayList<>();

  private HostInputs inputs;
  private Thread thread;
  private volatile boolean closed;

  private Listening(Path directory, OptionalInt batterySaverAt, HostService... services)
      throws IOException {
    this.directory = directory;
    this.batterySaverAt = batterySaverAt;
    this.services = EnumSet.copyOf(Arrays.asList(services));
    bus = PrivateBus.in(directory);
    inputs = inputs();
    thread = thread();
  }

  /** Nobody is on the bus. */
  static Listening to(Path directory, HostService... services) throws IOException {
    return new Listening(directory, OptionalInt.empty(), services);
  }

  static Listening toUpower(Path directory, OptionalInt batterySaverAt) throws IOException {
    return new Listening(directory, batterySaverAt, HostService.UPOWER);
  }

  private HostInputs inputs() {
    return new HostInputs(
        new InputConfig(services, true, batterySaverAt, bus.address()),
        directory.resolve("inputs.json"),
        this);
  }

  private Thread thread() {
    closed = false;
    Thread rounds =
        new Thread(
            () -> {
              while (!closed) {
                inputs.round();
              }
            },
            "rounds");
    rounds.setDaemon(true);
    rounds.start();
    return rounds;
  }

  PrivateBus bus() {
    return bus;
  }

  @Override
  public synchronized void said(HostService by, Facts before, Facts now) {
    speakers.add(by);
    device.putAll(now.device());
    networks.clear();
    networks.putAll(now.networks());
    notifyAll();
  }

  @Override
  public synchronized void fallsAsleep() {
    sleep.add("falls asleep");
    notifyAll();
  }

  @Override
  public synchronized void wokeUp() {
    sleep.add("woke up");
    notifyAll();
  }

  synchronized void await(DeviceFlag flag, boolean on) {
    await(flag + " is " + on, () -> Boolean.valueOf(on).equals(device.get(flag)));
  }

  synchronized void awaitNetwork(String iface, Facts.Network network) {
    await(iface + " is " + network, () -> network.equals(network(iface)));
  }

  synchronized Facts.Network network(String iface) {
    return networks.getOrDefault(iface, Facts.Network.NONE);
  }

  synchronized void awaitSleep(String... events) {
    await("sleep is " + List.of(events), () -> sleep.equals(List.of(events)));
  }

  synchronized void awaitHeard(HostService service) {
    await(service + " is heard", () -> status(service).heard());
  }

  synchronized void awaitTrouble(HostService service, String text) {
    await(
        service + " is in trouble: " + text,
        () -> status(service).trouble().filter(trouble -> trouble.contains(text)).isPresent());
  }

  DaemonStatus.Input status(HostService service) {
    return inputs.status().stream()
        .filter(input -> input.service().equals(service.toString()))
        .findFirst()
        .orElseThrow();
  }

  synchronized Map<DeviceFlag, Boolean> device() {
    return Map.copyOf(device);
  }

  /** Who said something new, each time. */
  synchronized List<HostService> speakers() {
    return List.copyOf(speakers);
  }

  /** Status changes without a notification, so it is looked at now and then. */
  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    try {
      while (!condition.getAsBoolean()) {
        assertThat(System.nanoTime() - end).as(what + "; " + this).isNegative();
        TimeUnit.MILLISECONDS.timedWait(this, GLANCE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next daemon, which knows what the files of the last one hold. */
  void startAgain() {
    inputs = inputs();
    thread = thread();
  }

  /** Returns when nothing is written any more. */
  void end() {
    closed = true;
    inputs.end();
    try {
      thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    inputs.close();
  }

  @Override
  public void close() {
    end();
    bus.close();
  }

  @Override
  public String toString() {
    return "%s %s %s %s".formatted(device, networks, sleep, inputs.status());
  }
}
