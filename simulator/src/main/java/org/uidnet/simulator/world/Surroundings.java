package org.uidnet.simulator.world;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.uidnet.simulator.scenario.Condition;
import org.uidnet.simulator.scenario.DeviceFlag;
import org.uidnet.simulator.scenario.InterfaceSpec;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Times;

/** What the time of day does to the device: its flags, and which interfaces are up. */
final class Surroundings {
  private final Scenario scenario;
  private final Events events;
  private final WorldClock clock;
  private final Set<DeviceFlag> flags = EnumSet.noneOf(DeviceFlag.class);

  Surroundings(Scenario scenario, Events events, WorldClock clock) {
    this.scenario = scenario;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Begins to follow the clock.
   *
   * @param onLink told when an interface may have gone up or down
   * @param afterChange called after each change
   */
  void start(Consumer<InterfaceSpec> onLink, Runnable afterChange) {
    for (InterfaceSpec spec : scenario.interfaces()) {
      follow(spec.up(), () -> onLink.accept(spec), afterChange);
    }
    for (DeviceFlag flag : DeviceFlag.values()) {
      Times times = scenario.device().getOrDefault(flag, Times.NEVER);
      follow(times, () -> set(flag, isNow(times)), afterChange);
    }
  }

  /** Once now and at each change; the night is no reason to miss one. */
  private void follow(Times times, Runnable change, Runnable afterChange) {
    change.run();
    afterChange.run();
    times
        .nextChange(clock.trueInstant(), scenario.zone())
        .ifPresent(
            next -> events.at(clock.eventTime(next), () -> follow(times, change, afterChange)));
  }

  boolean isNow(Times times) {
    return times.contains(clock.trueInstant(), scenario.zone());
  }

  private void set(DeviceFlag flag, boolean on) {
    if (on) {
      flags.add(flag);
    } else {
      flags.remove(flag);
    }
  }

  boolean is(DeviceFlag flag) {
    return flags.contains(flag);
  }

  /** Whether all conditions hold on that network. */
  boolean allow(Iterable<Condition> conditions, Optional<NetworkDevice> network) {
    boolean metered = isMetered(network);
    for (Condition condition : conditions) {
      if (condition.flag().map(flags::contains).orElse(metered) != condition.expected()) {
        return false;
      }
    }
    return true;
  }

  static boolean isMetered(Optional<NetworkDevice> network) {
    return network.map(device -> device.spec().metered()).orElse(false);
  }
}
