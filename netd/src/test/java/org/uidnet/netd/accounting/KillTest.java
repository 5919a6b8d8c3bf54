package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.sys.LinkInfo;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.stats.Kind;

/** {@code kill -9} of the daemon, whenever it comes: history has every byte of the kernel once. */
@KernelTest
class KillTest {
  private static final long CLIENT = 10123;
  private static final long SERVER = 20456;

  /** Two more over UDP alone, whose bytes are known without asking the kernel. */
  private static final long UDP_CLIENT = 10124;

  private static final long UDP_SERVER = 20457;

  private static final int IP_AND_UDP = 28;
  private static final int WINDOW = 32;
  private static final int DATAGRAMS = 50 * WINDOW;
  private static final int SIZE = 1000;
  private static final long TCP_BYTES = 50_000_000;
  private static final Duration REST = Duration.ofMillis(20);
  private static final Duration LONGEST_LIFE = Duration.ofMillis(1200);
  private static final Duration LONGEST_POLL = Duration.ofMillis(15);

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private Path directory;

  @BeforeEach
  void open() throws IOException {
    directory = Files.createTempDirectory("uidnet-kill");
    System.out.println("seed " + seed);
  }

  @AfterEach
  void close() throws IOException {
    try (cgroup;
        bpffs) {
      new Unload(ProgramObject.load(), Optional.of(cgroup.cgroup()))
          .run(Bpffs.find(Optional.of(pins())));
    } finally {
      delete(directory);
    }
  }

  @Test
  @Tag("fault")
  @Timeout(300)
  void kill_inMidTransfer_historyEqualsTheKernel() throws IOException {
    assertExact(20);
  }

  @Test
  @Tag("fault")
  @Tag("long")
  @Timeout(1500)
  void kill_aHundredTimesInMidTransfer_historyEqualsTheKernel() throws IOException {
    assertExact(100);
  }

  private void assertExact(int kills) throws IOException {
    Set<Integer> links;
    AtomicBoolean ended = new AtomicBoolean();
    long datagrams;
    try (DaemonProcess first = start()) {
      first.awaitReady();
      links = links();
      assertThat(links).isNotEmpty();
      CompletableFuture<Long> tcp = lane(ended, () -> tcp(5301));
      CompletableFuture<Long> udp = lane(ended, () -> udp(CLIENT, SERVER, 5302));
      CompletableFuture<Long> known = lane(ended, () -> udp(UDP_CLIENT, UDP_SERVER, 5303));
      first.kill();
      for (int i = 1; i < kills; i++) {
        killSomewhere(i);
        assertThat(links()).as("links after kill %d, seed %d", i, seed).isEqualTo(links);
        assertThat(CompletableFuture.anyOf(tcp, udp, known)).as("traffic goes on").isNotDone();
      }
      ended.set(true);
      tcp.join();
      udp.join();
      datagrams = known.join();
    }
    try (DaemonProcess last = start()) {
      last.awaitReady();
      assertThat(links()).isEqualTo(links);
      assertThat(history(last.client())).as("seed %d", seed).isEqualTo(kernel());
      assertUdpIsKnown(history(last.client()), datagrams);
      last.stop();
      assertThat(cgroup.links()).isEmpty();
      assertThat(bpffs.files()).isEmpty();
    }
  }

  /** One life of the daemon: it dies while it starts, while it waits, or while it stores. */
  private void killSomewhere(int number) throws IOException {
    try (DaemonProcess daemon = start()) {
      switch (number % 4) {
        case 0 -> live(LONGEST_LIFE);
        case 1 -> {
          daemon.awaitReady();
          live(LONGEST_LIFE);
        }
        default -> {
          daemon.awaitReady();
          CompletableFuture<Integer> polls =
              Background.start(() -> pollUntilKilled(daemon.client()));
          live(LONGEST_POLL);
          daemon.kill();
          polls.join();
          return;
        }
      }
      daemon.kill();
    }
  }

  private static int pollUntilKilled(UidnetClient client) {
    for (int polls = 0; ; polls++) {
      try {
        client.poll();
      } catch (IOException e) {
        return polls; // killed in this one
      }
    }
  }

  /** The one moment that no event tells: any. */
  private void live(Duration longest) {
    LockSupport.parkNanos((long) (random.nextDouble() * longest.toNanos()));
  }

  private DaemonProcess start() throws IOException {
    return DaemonProcess.start(cgroup.path(), pins(), directory);
  }

  /** Transfers one after the other until told to end; answers the sum. */
  private static CompletableFuture<Long> lane(AtomicBoolean ended, LongSupplier transfer) {
    return Background.start(
        () -> {
          long sum = 0;
          while (!ended.get()) {
            sum += transfer.getAsLong();
          }
          return sum;
        });
  }

  private long tcp(int port) {
    try (var server = traffic(SERVER).serve("tcp-serve", "127.0.0.1", port)) {
      traffic(CLIENT).pause(REST).run("tcp-send", "127.0.0.1", port, TCP_BYTES);
      assertThat(server.bytes()).isEqualTo(TCP_BYTES);
    }
    return TCP_BYTES;
  }

  private long udp(long from, long to, int port) {
    try (var server = traffic(to).serve("udp-serve", "127.0.0.1", port, DATAGRAMS)) {
      traffic(from).pause(REST).run("udp-send", "127.0.0.1", port, SIZE, DATAGRAMS, "plain");
      assertThat(server.bytes()).isEqualTo((long) DATAGRAMS * SIZE);
    }
    return DATAGRAMS;
  }

  private org.uidnet.netd.testing.Traffic traffic(long uid) {
    return org.uidnet.netd.testing.Traffic.in(cgroup.path()).as(uid);
  }

  private static void assertUdpIsKnown(Map<Long, Traffic> usage, long datagrams) {
    long bytes = datagrams * (SIZE + IP_AND_UDP);
    long acknowledgements = datagrams / WINDOW;
    long back = acknowledgements * (1 + IP_AND_UDP);
    assertThat(usage)
        .containsEntry(UDP_CLIENT, new Traffic(back, acknowledgements, bytes, datagrams))
        .containsEntry(UDP_SERVER, new Traffic(bytes, datagrams, back, acknowledgements))
        .containsKeys(CLIENT, SERVER);
  }

  private Map<Long, Traffic> kernel() throws IOException {
    return new PinnedCounters(pins()).byUid();
  }

  private static Map<Long, Traffic> history(UidnetClient client) throws IOException {
    client.poll();
    Map<Long, Traffic> usage = new TreeMap<>();
    client
        .summary(UsageQuery.NONE.from("-1d").to("now").by("uid").limit(1000))
        .rows()
        .forEach(
            row -> {
              assertThat(row.kind()).contains(Kind.UID);
              usage.put(row.uid().orElseThrow(), row.traffic());
            });
    return usage;
  }

  private Path pins() {
    return bpffs.point().resolve("uidnet");
  }

  private Set<Integer> links() {
    return cgroup.links().stream().map(LinkInfo::id).collect(Collectors.toSet());
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
