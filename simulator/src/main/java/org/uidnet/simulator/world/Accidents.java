package org.uidnet.simulator.world;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import org.uidnet.simulator.scenario.Incident;
import org.uidnet.simulator.scenario.Incident.ClockJump;
import org.uidnet.simulator.scenario.Incident.Reboot;
import org.uidnet.simulator.scenario.Incident.Recreate;
import org.uidnet.simulator.scenario.Incident.Suspend;
import org.uidnet.simulator.scenario.Scenario;

/** Lets the incidents of a scenario happen to a world. */
final class Accidents {
  private final Events events;
  private final WorldClock clock;
  private final World world;

  Accidents(Events events, WorldClock clock, World world) {
    this.events = events;
    this.clock = clock;
    this.world = world;
  }

  void start(Scenario scenario, Rhythms rhythms) {
    int number = 0;
    for (Incident incident : scenario.incidents()) {
      rhythms.begin(
          "incident " + number++, incident.schedule(), false, random -> happen(incident, random));
    }
  }

  private void happen(Incident incident, SplittableRandom random) {
    if (incident instanceof Suspend) {
      suspend(incident.takes());
    } else if (incident instanceof ClockJump jump) {
      jump(jump);
    } else if (incident instanceof Reboot) {
      reboot(incident.takes());
    } else if (incident instanceof Recreate recreate) {
      recreate(recreate, recreate.names().get(random.nextInt(recreate.names().size())));
    }
  }

  private void after(Duration time, Runnable event) {
    events.at(events.now() + time.toNanos(), event);
  }

  private void suspend(Duration takes) {
    events.sleepUntil(events.now() + takes.toNanos());
    world.publishState();
    after(takes, world::publishState);
  }

  private void jump(ClockJump jump) {
    clock.jump(jump.by());
    if (!jump.takes().isZero()) {
      after(jump.takes(), () -> clock.jump(jump.by().negated()));
    }
  }

  private void reboot(Duration takes) {
    if (world.host().isRunning()) {
      world.host().stop();
      world.publishState();
      after(takes, world::reboot);
    }
  }

  private void recreate(Recreate recreate, String name) {
    Host host = world.host();
    if (!host.isRunning()) {
      return;
    }
    if (host.isNamespace(name)) {
      recreateNamespace(host, name, recreate.takes());
    } else {
      recreateInterface(host, name, recreate);
    }
  }

  private void recreateNamespace(Host host, String name, Duration takes) {
    if (host.namespace(name).isAlive()) {
      host.removeNamespace(name);
      after(takes, () -> host.restoreNamespace(name));
    }
  }

  private void recreateInterface(Host host, String name, Recreate recreate) {
    Optional<NetworkDevice> present = host.own().device(name);
    present.ifPresent(
        device -> {
          host.own().remove(device);
          world.publishState();
          after(recreate.takes(), () -> restore(host, device, recreate.sameIfindex()));
        });
  }

  private void restore(Host host, NetworkDevice removed, boolean sameIfindex) {
    if (sameIfindex) {
      host.own().add(removed.spec(), removed.ifindex());
    } else {
      host.own().add(removed.spec());
    }
    world.applyLink(host, removed.spec());
    world.publishState();
  }
}
