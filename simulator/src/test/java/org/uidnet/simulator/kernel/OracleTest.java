package org.uidnet.simulator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/**
 * The pure parts of the C programs that count, each against a second telling of the same rules in
 * Java that shares no line with them (RulesOracleTest has those that judge). A failure prints its
 * seed; {@code -Doracle.seed=N} repeats it.
 */
class OracleTest {
  private static final int ROUNDS = 20_000;

  private final long seed = Long.getLong("oracle.seed", System.nanoTime());
  private final SplittableRandom random = new SplittableRandom(seed);
  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(30_000, 4096, 4096, 2, true),
          new UUID(1, 1),
          Instant.parse("2026-01-01T00:00:00Z"),
          () -> 1);
  private final Datapath datapath = kernel.datapath();

  // ---- header length and segments -------------------------------------------------------------

  @Test
  void segments_ofAnyPacket_areThoseOfItsHeaders() {
    Socket socket = socket(10_123);
    kernel.egress(Packets.udp(socket, 1, 10), 0);
    for (int i = 0; i < ROUNDS; i++) {
      Headers headers = Headers.any(random);
      int length = headers.bytes.length + payload();
      int gsoSize = random.nextInt(4) == 0 ? random.nextInt(4) : random.nextInt(9000);
      Counters before = datapath.slots().read(1);
      kernel.egress(
          new Skb()
              .from(socket)
              .on(1)
              .carrying(headers.etherType, headers.bytes, length)
              .segmented(gsoSize, random.nextInt()),
          random.nextInt(2));
      assertThat(datapath.slots().read(1).minus(before))
          .as("%s of %d bytes in segments of %d, seed %d", headers, length, gsoSize, seed)
          .isEqualTo(expected(headers.repeated(), length, gsoSize));
    }
  }

  private int payload() {
    return random.nextInt(3) == 0 ? random.nextInt(4) : random.nextInt(65_000);
  }

  /** Cuts the payload up and adds the headers again, segment by segment. */
  private static Counters expected(int header, int length, int gsoSize) {
    long bytes = length;
    long packets = 1;
    if (gsoSize > 0 && header > 0) {
      for (int rest = length - header - gsoSize; rest > 0; rest -= gsoSize) {
        bytes += header;
        packets++;
      }
    }
    return new Counters(
        new Traffic(0, 0, bytes, packets), new Traffic(0, 0, bytes - length, packets - 1));
  }

  // ---- keys -----------------------------------------------------------------------------------

  @Test
  void key_ofAnyPacket_namesUidSetInterfaceAndNamespace() {
    List<NetworkNamespace> namespaces =
        List.of(
            kernel.host(),
            kernel.namespace(UserNamespace.INITIAL),
            kernel.namespace(UserNamespace.ofRoot(10_001)));
    for (int i = 0; i < ROUNDS / 10; i++) {
      long uid = random.nextInt(3) == 0 ? random.nextLong(1L << 32) - 1 : random.nextInt(65_536);
      uid = Math.max(0, Math.min(uid, 4_294_967_294L));
      NetworkNamespace namespace = namespaces.get(random.nextInt(namespaces.size()));
      int ifindex = 1 + random.nextInt(Integer.MAX_VALUE);
      int set = random.nextInt(2);
      Socket socket = kernel.socket(uid, namespace, Socket.AF_INET6, 1, Packets.TCP);
      datapath.rowOf(uid).ifPresent(row -> datapath.uids().setCounterSet(row, set));
      int used = datapath.rowOf(uid).isPresent() ? set : 0;
      kernel.ingress(Packets.udp(socket, ifindex, 10), 0);
      SlotId id = new SlotId(uid, 0, used, ifindex, namespace.cookie());
      assertThat(datapath.findSlot(id)).as("%s, seed %d", id, seed).isPresent();
      int slot = datapath.findSlot(id).getAsInt();
      assertThat(datapath.slotKeys().id(slot)).as("seed %d", seed).isEqualTo(id);
      assertThat(datapath.slots().read(slot).wire())
          .as("%s, seed %d", id, seed)
          .isEqualTo(new Traffic(38, 1, 0, 0));
    }
  }

  private Socket socket(long uid) {
    return kernel.socket(uid, kernel.host(), Socket.AF_INET, 2, Packets.UDP);
  }
}
