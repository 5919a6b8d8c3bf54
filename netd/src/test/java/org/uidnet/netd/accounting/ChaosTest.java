package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Retrying;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.programs.object.ProgramSpec;

/**
 * A random story of faults, one after the other, under traffic on this kernel: in the end history
 * has every byte once, and a blocked UID has got nothing through at any time.
 *
 * <p>While a program is detached nothing can be counted or judged. So for this fault alone traffic
 * pauses until the daemon has noticed; how soon it must is part of the promise.
 */
@KernelTest
@Tag("fault")
class ChaosTest {
  private static final long SEED = Long.getLong("chaos.seed", System.nanoTime());
  private static final Duration SHORT = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(Long.getLong("chaos.minutes", 5));
  private static final Duration LONGEST_FAULT = Duration.ofMillis(1500);

  private static final String CHAIN = "standby";
  private static final long BLOCKED = 31_701;
  private static final long CLIENT = 31_702;
  private static final long SERVER = 31_703;
  private static final long OTHER_CLIENT = 31_704;
  private static final long OTHER_SERVER = 31_705;
  private static final int NOBODYS_PORT = 9;
  private static final long MILLISECOND = 1_000_000;

  /** What is done to the daemon, and undone a moment later. */
  private enum Fault {
    KILL,
    SUSPENSION,
    DISK_FULL,
    READ_ONLY,
    DETACHED,
    NO_DESCRIPTORS
  }

  private final Random random = new Random(SEED);
  private final Map<Fault, Integer> done = new EnumMap<>(Fault.class);
  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final PrivateDisk disk = PrivateDisk.of("24m");
  private final Sockets sockets = new Sockets(org.uidnet.netd.testing.Traffic.in(cgroup.path()));
  private final List<String> programs =
      ProgramObject.load().programs().stream().map(ProgramSpec::name).toList();
  private Sockets.Socket blocked;
  private Retrying sending;
  private DaemonProcess daemon;

  @BeforeEach
  void start() throws IOException {
    startDaemon();
    daemon.client().send(ApiRequest.replaceUids(CHAIN, List.of(BLOCKED)));
    daemon.client().send(ApiRequest.setEnabled(CHAIN, true));
    blocked = sockets.open(BLOCKED, "udp", false);
    startSending();
  }

  @AfterEach
  void close() throws IOException {
    try (cgroup;
        bpffs;
        disk;
        sockets) {
      sending.close();
      daemon.resume();
      daemon.close();
      new Unload(ProgramObject.load(), Optional.of(cgroup.cgroup()))
          .run(Bpffs.find(Optional.of(pins())));
    }
  }

  @Test
  @Timeout(240)
  void faults_atRandom_everyByteOnceAndNothingGetsThrough() throws IOException {
    assertStory(SHORT);
  }

  @Test
  @Tag("long")
  @Timeout(3600)
  void faults_atRandomForLong_everyByteOnceAndNothingGetsThrough() throws IOException {
    assertStory(LONG);
  }

  private void assertStory(Duration time) throws IOException {
    UdpLane one = UdpLane.start(cgroup.path(), CLIENT, SERVER, 5311);
    UdpLane other = UdpLane.start(cgroup.path(), OTHER_CLIENT, OTHER_SERVER, 5312);
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
      bring(fault, one, other);
      done.merge(fault, 1, Integer::sum);
    }
    one.end();
    other.end();
    assertNothingGotThrough();
    Map<Long, Traffic> expected = new TreeMap<>(one.expected());
    expected.putAll(other.expected());
    System.out.printf("-Dchaos.seed=%d: %s, %s%n", SEED, done, expected);
    Settled.assertEquals("problems", this::problems, List::of);
    assertThat(history()).as("seed %d", SEED).isEqualTo(expected);
    assertThat(new PinnedCounters(pins()).byUid()).as("kernel").isEqualTo(expected);
  }

  /** Those that are not over; of repairs health tells a little longer. */
  private List<String> problems() throws IOException {
    return daemon.client().health().problems().stream()
        .filter(problem -> !problem.contains("attached again"))
        .toList();
  }

  private void bring(Fault fault, UdpLane one, UdpLane other) throws IOException {
    switch (fault) {
      case KILL -> {
        daemon.kill();
        pass();
        startDaemon();
      }
      case SUSPENSION -> {
        daemon.suspend();
        pass();
        daemon.resume();
      }
      case DISK_FULL -> {
        disk.run("cat /dev/zero > $0/filler 2> /dev/null || true");
        pass();
        disk.run("rm $0/filler");
      }
      case READ_ONLY -> startReadOnly();
      case NO_DESCRIPTORS -> {
        daemon.exhaustDescriptors();
        pass();
        daemon.freeDescriptors();
      }
      case DETACHED -> {
        one.pause();
        other.pause();
        detach();
        one.goOn();
        other.goOn();
      }
    }
    pass();
  }

  /** Only a daemon that is dead has let go of its file. */
  private void startReadOnly() throws IOException {
    daemon.kill();
    disk.run("mount --bind $0/history.mv.db $0/history.mv.db");
    disk.run("mount -o remount,bind,ro $0/history.mv.db");
    startDaemon();
    pass();
    disk.run("umount $0/history.mv.db");
  }

  private void detach() throws IOException {
    assertNothingGotThrough();
    String program = programs.get(random.nextInt(programs.size()));
    try (Fd link = Bpf.openPin(pins().resolve("links").resolve(program))) {
      Bpf.detachLink(link);
    }
    Settled.assertEquals("links", () -> cgroup.links().size(), programs::size);
    startSending();
  }

  private void startSending() {
    sending = Retrying.start(MILLISECOND, () -> blocked.sendTo("127.0.0.1", NOBODYS_PORT, 5));
  }

  private void assertNothingGotThrough() {
    sending.close();
    assertThat(sending.takeOutcomes()).as("seed %d", SEED).containsExactly("EPERM");
  }

  /** The one moment that no event tells: any. */
  private void pass() {
    LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_FAULT.toNanos()));
  }

  private void startDaemon() throws IOException {
    daemon = DaemonProcess.start(cgroup.path(), pins(), disk);
    daemon.awaitReady();
  }

  private Map<Long, Traffic> history() throws IOException {
    daemon.client().poll();
    Map<Long, Traffic> usage = new TreeMap<>();
    daemon
        .client()
        .summary(UsageQuery.NONE.from("-1d").to("now").by("uid").limit(1000))
        .rows()
        .forEach(row -> usage.put(row.uid().orElseThrow(), row.traffic()));
    return usage;
  }

  private Path pins() {
    return bpffs.point().resolve("uidnet");
  }
}
