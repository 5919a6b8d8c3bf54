package org.uidnet.simulator.kernel;

import java.time.Instant;
import java.util.UUID;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.contract.Subject;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** The simulated kernel. The second wire is the loopback of another namespace. */
final class SimulatedSubject implements Subject {
  private static final int CPUS = 2;
  private static final int LOOPBACK = 1;

  private final SimulatedKernel kernel;
  private final NetworkNamespace other;
  private int cpu;

  SimulatedSubject(Sizes sizes) {
    Limits limits = new Limits(sizes.slots(), sizes.slotsPerUid(), sizes.highUids(), CPUS, true);
    kernel =
        SimulatedKernel.boot(
            ProgramObject.load(),
            limits,
            UUID.randomUUID(),
            Instant.parse("2026-01-01T00:00:00Z"),
            () -> 1);
    other = kernel.namespace(UserNamespace.INITIAL);
  }

  @Override
  public Datapath datapath() {
    return kernel.datapath();
  }

  @Override
  public Fate send(Wire wire, long sender, long receiver, int payload) {
    cpu = (cpu + 1) % CPUS;
    if (!kernel.egress(datagram(wire, sender, payload), cpu)) {
      return Fate.REFUSED;
    }
    return kernel.ingress(datagram(wire, receiver, payload), cpu) ? Fate.ARRIVED : Fate.LOST;
  }

  private Skb datagram(Wire wire, long uid, int payload) {
    NetworkNamespace namespace = wire == Wire.FIRST ? kernel.host() : other;
    Socket socket = kernel.socket(uid, namespace, Socket.AF_INET, 2, Packets.UDP);
    return Packets.udp(socket, LOOPBACK, payload);
  }

  @Override
  public void close() {}
}
