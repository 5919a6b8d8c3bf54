package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.PacketTraces;
import org.uidnet.api.PacketTraces.Session;
import org.uidnet.api.TraceFilter;
import org.uidnet.programs.MapsDatapath;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Trace;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.simulator.kernel.SimulatedKernel;
import org.uidnet.simulator.kernel.Skb;
import org.uidnet.simulator.kernel.Socket;

/** Sessions over the programs in a simulated kernel. */
@Timeout(60)
class TraceHubTest {
  private static final String READER = "uidnet-traces";
  private static final long ALICE = 1000;
  private static final long BOB = 1001;

  /** No two moments are the same. */
  private final AtomicLong nanos = new AtomicLong();

  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(64, 16, 4, 1, true),
          new UUID(1, 2),
          Instant.EPOCH,
          () -> nanos.incrementAndGet());
  private final MapsDatapath maps = kernel.datapath();
  private final Socket alices = socket(ALICE);
  private final Socket bobs = socket(BOB);
  private TraceHub hub = hub();

  private TraceHub hub() {
    return new TraceHub(maps, nanos::incrementAndGet, maps::awaitPrograms);
  }

  private Socket socket(long uid) {
    return kernel.socket(uid, kernel.host(), Socket.AF_INET, 2, 17);
  }

  @AfterEach
  void close() {
    hub.close();
  }

  private void send(Socket socket, int count) {
    byte[] header = ByteBuffer.allocate(28).put(0, (byte) 0x45).put(9, (byte) 17).array();
    Skb skb = new Skb().from(socket).on(2).carrying(Skb.IPV4, header, 100);
    for (int i = 0; i < count; i++) {
      assertThat(kernel.egress(skb, 0)).isTrue();
    }
  }

  private static final class Received implements PacketTraces.Listener {
    private final BlockingQueue<Trace> packets = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> lost = new LinkedBlockingQueue<>();

    @Override
    public void packet(Trace packet) {
      packets.add(packet);
    }

    @Override
    public void lost(long count) {
      lost.add(count);
    }

    Trace next() throws InterruptedException {
      return Optional.ofNullable(packets.poll(10, TimeUnit.SECONDS)).orElseThrow();
    }

    /** Of how many packets these are the only ones. */
    void expect(long uid, int count) throws InterruptedException {
      for (int i = 0; i < count; i++) {
        assertThat(next().owner()).isEqualTo(uid);
      }
      assertThat(packets).isEmpty();
    }
  }

  private static TraceFilter of(long uid, int every) {
    return new TraceFilter(OptionalLong.of(uid), every, Optional.empty());
  }

  private static TraceFilter all() {
    return new TraceFilter(OptionalLong.empty(), 1, Optional.empty());
  }

  private static Optional<Thread> reader() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(READER))
        .findFirst();
  }

  private static void awaitReaderEnd() throws InterruptedException {
    Optional<Thread> reader = reader();
    if (reader.isPresent()) {
      reader.get().join(10_000);
    }
    assertThat(reader()).isEmpty();
  }

  @Test
  void nobodyAsks_nothingIsTraced_andNobodyReads() {
    send(alices, 3);

    assertThat(maps.control().traceEvery()).isZero();
    assertThat(maps.pollTraces(packet -> {})).isZero();
    assertThat(reader()).isEmpty();
  }

  @Test
  void packetsOfTheUid_areHandedOver() throws InterruptedException {
    Received received = new Received();
    hub.open(of(ALICE, 1), received);
    send(bobs, 1);
    send(alices, 1);

    Trace packet = received.next();

    assertThat(packet.owner()).isEqualTo(ALICE);
    assertThat(packet.length()).isEqualTo(100);
    assertThat(received.packets).isEmpty();
  }

  @Test
  void lastSession_endsTheTraceAtOnce_andTheReaderSoon() throws InterruptedException {
    Session first = hub.open(of(ALICE, 1), new Received());
    Session second = hub.open(of(ALICE, 1), new Received());
    first.close();
    assertThat(maps.control().traceEvery()).isEqualTo(1);

    second.close();

    assertThat(maps.control().traceEvery()).isZero();
    awaitReaderEnd();
    assertThat(maps.pollTraces(packet -> {})).isZero();
  }

  @Test
  void sessionAfterTheLast_beginsAnew() throws InterruptedException {
    hub.open(of(ALICE, 1), new Received()).close();
    awaitReaderEnd();
    Received received = new Received();

    hub.open(of(BOB, 1), received);
    send(bobs, 2);

    received.expect(BOB, 2);
  }

  /** The reader of the one before may or may not have ended. */
  @Test
  void sessionsInQuickSuccession_loseNothing() throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      Received received = new Received();
      try (Session session = hub.open(of(ALICE, 1), received)) {
        assertThat(session).isNotNull();
        send(alices, 1);
        received.expect(ALICE, 1);
      }
    }
  }

  @Test
  void sessionsOfOneUid_sampleForThemselves() throws InterruptedException {
    Received tenths = new Received();
    Received fifteenths = new Received();
    hub.open(of(ALICE, 10), tenths);
    hub.open(of(ALICE, 15), fifteenths);
    assertThat(maps.control().traceEvery()).isEqualTo(5);
    Received last = new Received();

    send(alices, 300);
    hub.open(of(BOB, 1), last);
    send(bobs, 1);

    last.expect(BOB, 1);
    tenths.expect(ALICE, 30);
    fifteenths.expect(ALICE, 20);
  }

  /** Packets that are read later stand for as many as they did when they passed. */
  @Test
  void changeOfTheDemand_doesNotDisturbTheCount() throws InterruptedException {
    Received tenths = new Received();
    hub.open(of(ALICE, 10), tenths);
    for (int i = 0; i < 20; i++) {
      send(alices, 100);
      Session other = hub.open(all(), new Received());
      send(alices, 100);
      other.close();
    }
    Received last = new Received();
    hub.open(of(BOB, 1), last);
    send(bobs, 1);

    last.expect(BOB, 1);
    assertThat(tenths.packets).hasSizeBetween(380, 420);
  }

  @Test
  void sessionsOfDifferentUids_getTheirOwn() throws InterruptedException {
    Received ofAlice = new Received();
    Received ofBob = new Received();
    Received ofAll = new Received();
    hub.open(of(ALICE, 2), ofAlice);
    hub.open(of(BOB, 3), ofBob);
    hub.open(all(), ofAll);
    for (int i = 0; i < 12; i++) {
      send(alices, 1);
      send(bobs, 1);
    }

    ofAlice.expect(ALICE, 6);
    ofBob.expect(BOB, 4);
    for (int i = 0; i < 24; i++) {
      ofAll.next();
    }
    assertThat(ofAll.packets).isEmpty();
  }

  @Test
  void sessionThatFails_doesNotStopTheOthers() throws InterruptedException {
    Received received = new Received();
    TraceFilter failing =
        new TraceFilter(
            OptionalLong.empty(),
            1,
            Optional.of(
                packet -> {
                  throw new IllegalStateException("for the test");
                }));
    hub.open(failing, new Received());
    hub.open(all(), received);

    send(alices, 2);

    received.expect(ALICE, 2);
  }

  @Test
  void packetsThatFoundNoRoom_areTold() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    Received received = new Received();
    TraceFilter slow =
        new TraceFilter(OptionalLong.empty(), 1, Optional.of(packet -> awaitQuietly(go)));
    hub.open(slow, received);
    int sent = 20_000;

    send(alices, sent);
    go.countDown();

    long lost = Optional.ofNullable(received.lost.poll(20, TimeUnit.SECONDS)).orElseThrow();
    assertThat(lost).isEqualTo(maps.control().lostTraces()).isPositive();
    received.expect(ALICE, (int) (sent - lost));
  }

  private static boolean awaitQuietly(CountDownLatch latch) {
    try {
      return latch.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void traceOfAKilledDaemon_isTurnedOff_andItsPacketsAreForgotten() throws InterruptedException {
    maps.control().trace(1, SlotId.UID_FOREIGN);
    send(alices, 5);

    hub = hub();

    assertThat(maps.control().traceEvery()).isZero();
    Received received = new Received();
    hub.open(all(), received);
    send(bobs, 1);
    received.expect(BOB, 1);
  }

  @Test
  void close_endsAllSessions_andWaitsForTheReader() {
    hub.open(of(ALICE, 1), new Received());
    hub.open(all(), new Received());

    hub.close();

    assertThat(maps.control().traceEvery()).isZero();
    assertThat(reader()).isEmpty();
  }
}
