package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.netd.daemon.HostBoot;
import org.uidnet.netd.kernel.Attachment;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.kernel.Handover;
import org.uidnet.netd.kernel.Loader;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Patience;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.Kind;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;

/**
 * Slots given back and taken again while their UIDs send: every byte stays with its key.
 *
 * <p>Every poll gives back every slot, busy or not, and polls follow each other without a pause.
 * Two processes send as the same UIDs, so that processors race for the slot of a key; meanwhile
 * UIDs are switched between counter sets, so that some keys rest and others come back.
 */
@KernelTest
@Timeout(300)
class SlotReuseTest {
  /** Half of them have their row by number, half by {@code uid_rows}. */
  private static final long FIRST_UID = 65_536 - 100;

  private static final int UIDS = 200;
  private static final int SENDERS = 2;
  private static final int PAYLOAD = 100;
  private static final int IP_AND_UDP = 28;
  private static final int SLOTS_PER_UID = 512;

  /** Two counter sets, twice: a key that is being given back may have its next slot already. */
  private static final int ENOUGH = 1 + 4 * UIDS;

  private static final int SCARCE = 1 + UIDS / 2;
  private static final Duration SWITCHING = Duration.ofNanos(50_000);

  private static final Handover NOTHING_TO_KEEP =
      new Handover() {
        @Override
        public void prepare(RuleMaps fresh) {}

        @Override
        public void retire(Datapath counted) {}
      };

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private Path directory;

  @BeforeEach
  void open() throws IOException {
    directory = Files.createTempDirectory("uidnet-slots");
    System.out.println("seed " + seed);
  }

  @AfterEach
  void close() throws IOException {
    try (cgroup;
        bpffs) {
      new Unload(ProgramObject.load(), Optional.of(cgroup.cgroup()))
          .run(Bpffs.find(Optional.of(bpffs.pins().directory())));
    } finally {
      delete(directory);
    }
  }

  @Test
  void reuse_enoughSlots_everyByteStaysWithItsUid() {
    assertEveryByteKept(ENOUGH, 10);
  }

  @Test
  @Tag("fault")
  void reuse_tooFewSlots_sumIsKept() {
    assertEveryByteKept(SCARCE, 5);
  }

  @Test
  @Tag("fault")
  @Tag("long")
  void reuse_enoughSlotsForLong_everyByteStaysWithItsUid() {
    assertEveryByteKept(ENOUGH, 120);
  }

  private void assertEveryByteKept(int slots, int seconds) {
    try (Attachment attachment = attach(slots)) {
      CountingDatapath datapath = new CountingDatapath(attachment.datapath());
      try (StatsService stats = open(datapath)) {
        Hammering done = hammer(datapath, stats, seconds);
        stats.poll();
        System.out.printf(
            "%s, %d slots used, %d given back, %d packets overflowed%n",
            done,
            datapath.control().slotsEverUsed(),
            datapath.freed(),
            datapath.control().slotOverflows());
        assertStored(stats, done.rounds(), datapath.control().slotOverflows());
        assertReused(datapath, done);
        assertAllGivenBack(datapath, stats);
        if (slots == ENOUGH) {
          assertThat(datapath.control().slotOverflows()).as("packets in slot 0").isZero();
        }
      }
      attachment.stop(NOTHING_TO_KEEP);
    }
  }

  /** What was done: datagrams sent as each UID, switches of a set, polls. */
  private record Hammering(long rounds, long switches, long polls) {}

  private Hammering hammer(Datapath datapath, StatsService stats, int seconds) {
    List<CompletableFuture<Long>> senders = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Background.start(() -> send(seconds)));
    }
    CompletableFuture<Void> sent =
        CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new));
    CompletableFuture<Long> switches = Background.start(() -> switchSets(datapath, sent));
    long polls = 0;
    while (!sent.isDone()) {
      stats.poll();
      polls++;
    }
    long rounds = senders.stream().mapToLong(CompletableFuture::join).sum();
    return new Hammering(rounds, switches.join(), polls);
  }

  private long send(int seconds) {
    return Long.parseLong(
        org.uidnet.netd.testing.Traffic.in(cgroup.path())
            .run("uid-pairs", PAYLOAD, seconds, FIRST_UID, UIDS));
  }

  private long switchSets(Datapath datapath, CompletableFuture<Void> sent) {
    long switches = 0;
    while (!sent.isDone()) {
      datapath
          .rowOf(FIRST_UID + random.nextInt(UIDS))
          .ifPresent(row -> datapath.uids().setCounterSet(row, random.nextInt(2)));
      switches++;
      LockSupport.parkNanos(SWITCHING.toNanos());
    }
    return switches;
  }

  /** Exact by UID, but for packets that found no slot: those are in one row of their own. */
  private void assertStored(StatsService stats, long rounds, long overflowed) {
    Map<Long, Traffic> stored = new TreeMap<>();
    Traffic overflow = Traffic.NONE;
    for (Usage.Row row : rows(stats)) {
      if (row.key().kind() == Kind.OVERFLOW) {
        overflow = overflow.plus(row.traffic());
      } else {
        assertThat(row.key().kind()).isEqualTo(Kind.UID);
        stored.put(row.key().uid().orElseThrow(), row.traffic());
      }
    }
    Traffic each = datagrams(rounds);
    Traffic missing = Traffic.NONE;
    for (long uid : uids()) {
      Traffic less = each.minus(stored.getOrDefault(uid, Traffic.NONE));
      assertThat(least(less)).as("missing of UID %d, seed %d", uid, seed).isNotNegative();
      missing = missing.plus(less);
    }
    assertThat(stored.keySet()).isSubsetOf(LongStream.of(uids()).boxed().toList());
    assertThat(missing).as("what no UID is charged with, seed %d", seed).isEqualTo(overflow);
    assertThat(overflow.rxPackets() + overflow.txPackets()).isEqualTo(overflowed);
  }

  private static long least(Traffic traffic) {
    return Math.min(
        Math.min(traffic.rxBytes(), traffic.rxPackets()),
        Math.min(traffic.txBytes(), traffic.txPackets()));
  }

  private static List<Usage.Row> rows(StatsService stats) {
    Instant now = Instant.now();
    return stats
        .summary(
            new Usage.SummaryQuery(
                now.minus(Duration.ofDays(1)), now, Set.of(Dimension.UID), UsageFilter.ALL))
        .rows();
  }

  private static void assertReused(CountingDatapath datapath, Hammering done) {
    int slots = datapath.control().slots() - 1;
    assertThat(datapath.control().slotsEverUsed()).isLessThanOrEqualTo(slots);
    assertThat(datapath.freed()).as("slots given back").isGreaterThan(Patience.atLeast(5 * slots));
    assertThat(done.polls()).isGreaterThan(Patience.atLeast(20));
  }

  /** Nothing is lost: with nothing to count every slot comes back, and no UID pays for any. */
  private static void assertAllGivenBack(Datapath datapath, StatsService stats) {
    stats.poll();
    stats.poll();
    for (int slot = 1; slot <= datapath.control().slotsEverUsed(); slot++) {
      assertThat(datapath.slotKeys().state(slot)).as("slot %d", slot).isEqualTo(SlotState.FREE);
      assertThat(datapath.slots().read(slot).isZero()).as("slot %d", slot).isTrue();
    }
    for (long uid : uids()) {
      int row = datapath.rowOf(uid).orElseThrow();
      assertThat(datapath.uids().liveSlots(row)).as("slots of UID %d", uid).isZero();
    }
    int free = 0;
    while (datapath.takeFreeSlot().isPresent()) {
      free++;
    }
    assertThat(free).isEqualTo(datapath.control().slotsEverUsed());
  }

  private Attachment attach(int slots) {
    Limits limits =
        new Limits(slots, SLOTS_PER_UID, UIDS, Cpus.possible(), HostKernel.hasNamespaceCookies());
    return new Loader(
            ProgramObject.load(), limits, cgroup.cgroup(), bpffs.pins(), Clock.systemUTC())
        .attach(NOTHING_TO_KEEP);
  }

  private StatsService open(Datapath datapath) {
    Clock clock = Clock.systemUTC();
    return StatsService.open(
        StatsConfig.in(directory).withSlotIdle(Duration.ZERO, Duration.ZERO, SLOTS_PER_UID),
        datapath,
        List::of,
        uid -> Optional.empty(),
        HostBoot.read(clock),
        clock);
  }

  private static long[] uids() {
    return LongStream.range(FIRST_UID, FIRST_UID + UIDS).toArray();
  }

  /** Of each UID to itself, so both ways. */
  private static Traffic datagrams(long datagrams) {
    long bytes = datagrams * (PAYLOAD + IP_AND_UDP);
    return new Traffic(bytes, datagrams, bytes, datagrams);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
