package org.uidnet.simulator.world;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.uidnet.simulator.scenario.InterfaceSpec;
import org.uidnet.simulator.scenario.Scenario;

/**
 * What arrives at an interface without anyone having asked for it, and what the kernel answers:
 * port scans and neighbour discovery. No socket takes part, so no UID does.
 */
final class Strangers {
  private static final long TYPICAL_PAUSE = TimeUnit.MINUTES.toNanos(10);
  private static final int SYN = 60;
  private static final int RST = 40;
  private static final int ARP = 28;

  private final Events events;
  private final Supplier<Host> present;

  Strangers(Events events, Supplier<Host> present) {
    this.events = events;
    this.present = present;
  }

  void start(Scenario scenario, Randoms randoms) {
    for (InterfaceSpec spec : scenario.interfaces()) {
      if (spec.kind().facesOutside()) {
        expect(spec, randoms.of("stranger at " + spec.name()));
      }
    }
  }

  private void expect(InterfaceSpec spec, SplittableRandom random) {
    long pause = Randoms.about(TYPICAL_PAUSE, random);
    events.awakeAt(
        events.now() + pause,
        () -> {
          visit(spec, random.nextBoolean());
          expect(spec, random);
        });
  }

  private void visit(InterfaceSpec spec, boolean neighbour) {
    Host host = present.get();
    Optional<NetworkDevice> device = host.own().device(spec.name());
    if (!host.isRunning() || device.filter(NetworkDevice::isUp).isEmpty()) {
      return;
    }
    boolean hasNeighbours = spec.kind().linkHeader() > 0;
    device.get().receiveForNoSocket(neighbour && hasNeighbours ? ARP : SYN);
    device.get().sendOfNoSocket(neighbour && hasNeighbours ? ARP : RST);
  }
}
