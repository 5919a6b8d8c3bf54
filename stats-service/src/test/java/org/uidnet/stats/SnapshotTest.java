package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;
import static org.uidnet.stats.World.summary;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Gap;
import org.uidnet.stats.Usage.PollResult;
import org.uidnet.stats.network.NetworkType;

class SnapshotTest {
  @TempDir Path directory;

  @Test
  void poll_storesWhatWasCounted() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 5000);
      world.count(key(70000), 7);
      world.passSeconds(10);
      PollResult result = stats.poll();
      assertThat(result.changedKeys()).isEqualTo(2);
      assertThat(result.asOf()).isEqualTo(world.now);
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      assertThat(result.stored()).isEqualTo(summary(stats, LONG_AGO, FAR).total());
      assertThat(stats.status().problems()).isEmpty();
    }
  }

  @Test
  void poll_storesEachByteOnceOverRestarts() {
    World world = new World(directory);
    for (int i = 0; i < 4; i++) {
      try (StatsService stats = world.open()) {
        world.count(key(1000), 1000 + i);
        world.passSeconds(10);
        stats.poll();
        world.count(key(1000 + i), 3000);
        world.passSeconds(10);
        stats.poll();
        stats.poll();
        assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      }
      // Not stored by anyone until the next start.
      world.count(key(1000), 77);
    }
  }

  @Test
  void poll_beginsAtZeroInANewEpochAndBoot() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 5000);
      world.passSeconds(10);
      stats.poll();
    }
    world.datapath = new FakeDatapath(64, world.now);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 600);
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
    world.reboot();
    try (StatsService stats = world.open()) {
      world.count(key(1000), 70);
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  void poll_addsTwoSlotsOfOneKey() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      SlotId id = key(1000);
      world.count(id, 500);
      world.datapath.dropFromIndex(id);
      world.count(id, 70);
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  void poll_keepsOverflowAndForeignApart() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.datapath.add(0, new org.uidnet.programs.Counters(traffic(9), Traffic.NONE));
      world.count(new SlotId(SlotId.UID_FOREIGN, 0, 0, 2, 4026), 50);
      world.count(new SlotId(1000, 0, 255, 0, 0), 60);
      world.count(new SlotId(1000, 0, 1, 2, FakeDatapath.HOST), 70);
      world.passSeconds(10);
      stats.poll();
      assertThat(
              summary(stats, LONG_AGO, FAR, Dimension.UID, Dimension.SET, Dimension.IFACE).rows())
          .extracting(
              row -> row.key().kind(),
              row -> row.key().set().orElseThrow(),
              row -> row.key().iface().orElseThrow(),
              row -> row.traffic().rxBytes())
          .containsExactly(
              tuple(Kind.UID, CounterSet.FOREGROUND, "eth0", 70L),
              tuple(Kind.UID, CounterSet.OVERFLOW, "unknown", 60L),
              tuple(Kind.FOREIGN, CounterSet.DEFAULT, "netns:4026/if2", 50L),
              tuple(Kind.OVERFLOW, CounterSet.DEFAULT, "unknown", 9L));
    }
  }

  @Test
  @Tag("fault")
  void poll_packetsFindNoSlot_warnsWhileItGoesOn() {
    World world = new World(directory, World.START, ZoneOffset.UTC, 8);
    try (StatsService stats = world.open()) {
      for (int uid = 1000; uid < 1010; uid++) {
        world.count(key(uid), 50);
      }
      stats.poll();
      assertThat(stats.status().problems()).singleElement().asString().contains("'overflow'");

      world.passSeconds(10);
      stats.poll();
      assertThat(stats.status().problems()).isEmpty();
    }
  }

  /** As after a history was restored that is ahead of the kernel's counters. */
  @Test
  void poll_ofCountersThatFell_countsFromZeroAndSaysSo() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      world.passSeconds(10);
      stats.poll();
      world.datapath.slots().zero(world.datapath.slotFor(key(1000)));
      world.count(key(1000), 70);
      world.passSeconds(10);
      stats.poll();

      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      assertThat(stats.status().problems())
          .singleElement()
          .asString()
          .contains("counters were lower than stored ones");
    }
  }

  @Test
  void poll_keepsEarlierBytesUnderTheInterfacesEarlierName() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      world.passSeconds(10);
      stats.poll();
      world.interfaces.set(0, World.host(2, "lan0", Traffic.NONE));
      world.identities.put(
          2,
          new NetworkIdentities.Identity(NetworkType.WIFI, true, false, Optional.of("home"), true));
      world.count(key(1000), 70);
      world.passSeconds(10);
      stats.poll();
      // Gone, and its bytes stay under its last name.
      world.interfaces.clear();
      world.count(key(1000), 8);
      world.passSeconds(10);
      stats.poll();
      assertThat(bytesByIface(stats)).isEqualTo(Map.of("eth0", 500L, "lan0", 78L));
      assertThat(
              summary(stats, LONG_AGO, FAR, Dimension.METERED, Dimension.NETWORK)
                  .rows()
                  .get(1)
                  .key())
          .satisfies(
              row -> {
                assertThat(row.metered()).contains(true);
                assertThat(row.network()).contains("home");
              });
    }
    try (StatsService stats = world.open()) {
      world.count(key(1000), 1);
      world.passSeconds(10);
      stats.poll();
      assertThat(bytesByIface(stats)).isEqualTo(Map.of("eth0", 500L, "lan0", 79L));
    }
  }

  private static Map<String, Long> bytesByIface(Usage usage) {
    return summary(usage, LONG_AGO, FAR, Dimension.IFACE).rows().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                row -> row.key().iface().orElseThrow(), row -> row.traffic().rxBytes()));
  }

  @Test
  void summary_namesUidsAsTheyWereCalledThen() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.names.put(1000L, "anna");
      world.count(key(1000), 500);
      world.passSeconds(10);
      Instant first = stats.poll().asOf();
      world.names.put(1000L, "berta");
      world.count(key(1000), 500);
      world.pass(Duration.ofHours(1));
      stats.poll();
      assertThat(nameOf(stats, first)).contains("anna");
      assertThat(nameOf(stats, FAR)).contains("berta");
    }
    try (StatsService stats = world.open()) {
      assertThat(nameOf(stats, FAR)).contains("berta");
    }
  }

  private static Optional<String> nameOf(Usage usage, Instant to) {
    return summary(usage, LONG_AGO, to, Dimension.UID).rows().get(0).key().name();
  }

  @Test
  void sinceBoot_addsLiveCountersToStoredOnes() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      assertThat(sinceBoot(stats)).isEqualTo(world.counted.get(1000L));
      world.passSeconds(10);
      stats.poll();
      assertThat(sinceBoot(stats)).isEqualTo(world.counted.get(1000L));
      world.count(key(1000), 60);
      assertThat(sinceBoot(stats)).isEqualTo(world.counted.get(1000L));
    }
    world.passSeconds(100);
    Instant stopped = world.now.minusSeconds(100);
    world.datapath = new FakeDatapath(64, world.now);
    try (StatsService stats = world.open()) {
      // The 60 bytes were lost with the old maps.
      assertThat(sinceBoot(stats).rxBytes()).isEqualTo(500);
      Usage.SinceBoot answer = stats.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL);
      assertThat(answer.countedSince()).isEqualTo(World.START);
      assertThat(answer.gaps())
          .containsExactly(new Gap(world.bootTime, World.START), new Gap(stopped, world.now));
    }
    world.reboot();
    try (StatsService stats = world.open()) {
      assertThat(stats.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL).rows()).isEmpty();
    }
  }

  private static Traffic sinceBoot(Usage usage) {
    List<Usage.Row> rows = usage.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL).rows();
    assertThat(rows).hasSize(1);
    return rows.get(0).traffic();
  }

  @Test
  void poll_spreadsALongIntervalByTime() {
    World world = new World(directory);
    world.count(key(1000), new Traffic(1000, 10, 0, 0));
    world.pass(Duration.ofMinutes(17));
    try (StatsService stats = world.open()) {
      stats.poll();
      Instant at = World.START;
      assertThat(summary(stats, at, at.plusSeconds(300), Dimension.UID).total().rxBytes())
          .isBetween(293L, 295L);
      assertThat(summary(stats, at.plusSeconds(900), FAR).total().rxBytes()).isBetween(117L, 118L);
      assertThat(summary(stats, LONG_AGO, at).total().isZero()).isTrue();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  @Tag("fault")
  void poll_survivesJumpsOfTheClock() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      for (String time :
          List.of(
              "2026-03-09T01:00:00Z",
              "1970-01-03T00:00:00Z",
              "2026-03-01T09:00:00Z",
              "2031-05-01T00:00:00Z",
              "2026-03-08T00:00:00Z")) {
        world.count(key(1000), 500);
        world.passSeconds(10);
        stats.poll();
        world.setClock(Instant.parse(time));
        world.count(key(1000), 40);
        world.passSeconds(10);
        stats.poll();
        for (int i = 0; i < 3; i++) {
          world.count(key(1000), 300 + i);
          world.pass(Duration.ofMinutes(50));
          stats.poll();
        }
      }
      assertThat(byUid(stats, Instant.EPOCH, FAR)).isEqualTo(world.counted);
      assertThat(stats.status().problems()).isEmpty();
    }
  }

  @Test
  void untilNextPoll_comesAtEveryBoundary() {
    Instant boundary = World.START;
    assertThat(StatsService.untilNextPoll(Duration.ofSeconds(10), boundary)).hasSeconds(10);
    assertThat(StatsService.untilNextPoll(Duration.ofSeconds(10), boundary.plusSeconds(13)))
        .hasSeconds(7);
    assertThat(StatsService.untilNextPoll(Duration.ofSeconds(70), boundary.plusSeconds(281)))
        .hasSeconds(19);
    assertThat(StatsService.untilNextPoll(Duration.ofMinutes(20), boundary.plusSeconds(60)))
        .hasMinutes(19);
  }

  private static Traffic traffic(long bytes) {
    return new Traffic(bytes, 1, 0, 0);
  }

  private static org.assertj.core.groups.Tuple tuple(Object... values) {
    return org.assertj.core.groups.Tuple.tuple(values);
  }
}
