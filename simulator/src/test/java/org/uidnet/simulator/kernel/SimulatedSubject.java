package org.uidnet.simulator.kernel;

import java.time.Instant;
import java.util.UUID;
import org.uidnet.programs.AccountingMaps;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.contract.TagSubject;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** The simulated kernel. The second wire is the loopback of another namespace. */
final class SimulatedSubject implements TagSubject {
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
  public AccountingMaps accounting() {
    return kernel.datapath();
  }

  @Override
  public Pair open(Wire wire, long sender, long receiver) {
    return new SimulatedPair(socket(wire, sender), socket(wire, receiver));
  }

  private Socket socket(Wire wire, long uid) {
    NetworkNamespace namespace = wire == Wire.FIRST ? kernel.host() : other;
    return kernel.socket(uid, namespace, Socket.AF_INET, 2, Packets.UDP);
  }

  private final class SimulatedPair implements Pair {
    private final Socket from;
    private final Socket to;
    private final int sender;
    private final int receiver;

    private SimulatedPair(Socket from, Socket to) {
      this.from = from;
      this.to = to;
      sender = kernel.descriptor(from);
      receiver = kernel.descriptor(to);
    }

    @Override
    public int sender() {
      return sender;
    }

    @Override
    public int receiver() {
      return receiver;
    }

    @Override
    public Fate send(int payload) {
      cpu = (cpu + 1) % CPUS;
      if (!kernel.egress(Packets.udp(from, LOOPBACK, payload), cpu)) {
        return Fate.REFUSED;
      }
      return kernel.ingress(Packets.udp(to, LOOPBACK, payload), cpu) ? Fate.ARRIVED : Fate.LOST;
    }

    @Override
    public void close() {
      kernel.closeDescriptor(sender);
      kernel.closeDescriptor(receiver);
      kernel.close(from);
      kernel.close(to);
    }
  }

  @Override
  public void close() {}
}
