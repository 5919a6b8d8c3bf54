package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;
import static org.uidnet.stats.World.summary;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.History;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;

class RollUpTest {
  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /** When what was counted; bytes of UID 1001 are those of one day. */
  private final Map<LocalDate, Long> days = new TreeMap<>();

  /**
   * Lives for some days with a poll now and then; short retention lets all tiers come into play.
   */
  private StatsService live(World world, int polls) {
    world.config =
        world.config.withRetention(Duration.ofHours(9), Duration.ofDays(4), Duration.ofDays(40));
    StatsService stats = world.open();
    for (int i = 0; i < polls; i++) {
      long bytes = random.nextInt(1_000_000);
      world.count(key(1000 + random.nextInt(5)), bytes);
      world.pass(Duration.ofSeconds(1 + random.nextInt(20_000)));
      stats.poll();
    }
    return stats;
  }

  @ParameterizedTest
  @CsvSource({
    "UTC, 2026-01-30T10:00:00Z",
    "Asia/Kolkata, 2026-01-30T10:00:00Z",
    "Europe/Berlin, 2026-03-27T10:00:00Z",
    "Europe/Berlin, 2026-10-20T10:00:00Z",
    "Australia/Lord_Howe, 2026-03-30T10:00:00Z"
  })
  void summary_ofAdjacentRangesAddsUp(String zone, Instant start) {
    World world = new World(directory, start, ZoneId.of(zone), 64);
    try (StatsService stats = live(world, 400)) {
      assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
      assertThat(stats.status().problems()).isEmpty();
      for (int i = 0; i < 12; i++) {
        assertThat(addUp(stats, cuts(start, world.now, 1 + random.nextInt(20))))
            .as("seed " + seed)
            .isEqualTo(world.counted);
      }
    }
  }

  private List<Instant> cuts(Instant from, Instant to, int count) {
    List<Instant> cuts = new ArrayList<>(List.of(LONG_AGO, FAR));
    long length = Duration.between(from, to).toMillis();
    for (int i = 0; i < count; i++) {
      cuts.add(from.plusMillis((long) (random.nextDouble() * length)));
      cuts.add(to.minusMillis((long) (random.nextDouble() * 20_000_000)));
    }
    Collections.sort(cuts);
    return cuts;
  }

  private static Map<Long, Traffic> addUp(Usage usage, List<Instant> cuts) {
    Map<Long, Traffic> sum = new TreeMap<>();
    for (int i = 1; i < cuts.size(); i++) {
      byUid(usage, cuts.get(i - 1), cuts.get(i))
          .forEach((uid, traffic) -> sum.merge(uid, traffic, Traffic::plus));
    }
    return sum;
  }

  @Test
  void rollUp_changesNoTotalAndSurvivesRestarts() {
    World world = new World(directory, World.START, ZoneId.of("Asia/Kolkata"), 64);
    live(world, 150).close();
    for (int i = 0; i < 3; i++) {
      try (StatsService stats = world.open()) {
        assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
        world.count(key(1000), 77);
        world.pass(Duration.ofDays(2));
        stats.poll();
      }
    }
  }

  @Test
  void rollUp_goesOnInAnotherZone() {
    World world = new World(directory, World.START, ZoneOffset.UTC, 64);
    live(world, 100).close();
    for (String zone : List.of("Asia/Kolkata", "America/New_York", "Australia/Lord_Howe", "UTC")) {
      world.config = world.config.withZone(ZoneId.of(zone));
      try (StatsService stats = live(world, 60)) {
        assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
        assertThat(addUp(stats, cuts(World.START, world.now, 20)))
            .as("seed " + seed + " " + zone)
            .isEqualTo(world.counted);
      }
    }
  }

  @Test
  void summary_byDayBeginsDaysInTheZone() {
    ZoneId zone = ZoneId.of("Asia/Kolkata");
    World world = new World(directory, World.START, zone, 64);
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 200; i++) {
        world.count(key(1001), 100 + i);
        days.merge(LocalDate.ofInstant(world.now, zone), 100L + i, Long::sum);
        world.passSeconds(60 * 30);
        stats.poll();
      }
      Map<LocalDate, Long> answer = new TreeMap<>();
      summary(stats, LONG_AGO, FAR, Dimension.DAY, Dimension.UID)
          .rows()
          .forEach(row -> answer.put(row.key().day().orElseThrow(), row.traffic().rxBytes()));
      assertThat(answer).isEqualTo(days);
      assertThat(summary(stats, LONG_AGO, FAR, Dimension.DAY).total())
          .isEqualTo(world.counted.get(1001L));
    }
  }

  @Test
  void history_givesWholeBucketsOfEveryResolution() {
    World world = new World(directory, World.START, ZoneOffset.UTC, 64);
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 150; i++) {
        world.count(key(1000), 100 + i);
        world.passSeconds(600);
        stats.poll();
      }
      for (Resolution resolution : Resolution.values()) {
        History history = history(stats, resolution, LONG_AGO, FAR);
        assertThat(history.mixed()).isFalse();
        assertThat(sum(history)).isEqualTo(world.counted.get(1000L));
      }
      History hours = history(stats, Resolution.HOUR, World.START.plusSeconds(1), FAR);
      assertThat(hours.buckets().get(0).start()).isEqualTo(World.START.plusSeconds(3600));
      assertThat(hours.buckets().get(0).end()).isEqualTo(World.START.plusSeconds(7200));
      assertThat(hours.buckets().get(0).row().traffic().rxBytes())
          .isEqualTo(6 * 100 + 6 + 7 + 8 + 9 + 10 + 11);
      assertThat(history(stats, Resolution.DAY, LONG_AGO, FAR).buckets()).hasSize(2);
      assertThat(history(stats, Resolution.FIVE_MINUTES, World.START, World.START).buckets())
          .isEmpty();
    }
  }

  @Test
  void history_isMixedWhereFinerBucketsAreGone() {
    World world = new World(directory, World.START, ZoneOffset.UTC, 64);
    try (StatsService stats = live(world, 300)) {
      History history = history(stats, Resolution.FIVE_MINUTES, LONG_AGO, FAR);
      assertThat(history.mixed()).isTrue();
      Traffic all = world.counted.values().stream().reduce(Traffic.NONE, Traffic::plus);
      assertThat(sum(history)).as("seed " + seed).isEqualTo(all);
      for (long uid : world.counted.keySet()) {
        History ofUid =
            stats.history(
                new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, Set.of(), UsageFilter.ofUid(uid)));
        assertThat(sum(ofUid)).isEqualTo(world.counted.get(uid));
      }
      Instant start = history.buckets().get(0).start();
      for (Usage.Bucket bucket : history.buckets()) {
        assertThat(bucket.start()).isAfterOrEqualTo(start);
        start = bucket.end();
      }
    }
  }

  @Test
  void history_refusesTooManyBuckets() {
    World world = new World(directory, World.START, ZoneOffset.UTC, 64);
    world.config =
        world.config.withRetention(Duration.ofDays(60), Duration.ofDays(90), Duration.ofDays(900));
    try (StatsService stats = world.open()) {
      world.count(key(1000), 1_000_000);
      world.pass(Duration.ofDays(30));
      stats.poll();
      assertThatThrownBy(() -> history(stats, Resolution.FIVE_MINUTES, LONG_AGO, FAR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("5000");
      assertThat(sum(history(stats, Resolution.HOUR, LONG_AGO, FAR)).rxBytes())
          .isEqualTo(1_000_000);
    }
  }

  private static History history(Usage usage, Resolution resolution, Instant from, Instant to) {
    return usage.history(new HistoryQuery(from, to, resolution, Set.of(), UsageFilter.ALL));
  }

  private static Traffic sum(History history) {
    return history.buckets().stream()
        .map(bucket -> bucket.row().traffic())
        .reduce(Traffic.NONE, Traffic::plus);
  }

  @Test
  void retention_keepsTotalsAndDeletesRows() throws Exception {
    World world = new World(directory, World.START, ZoneOffset.UTC, 64);
    try (StatsService stats = live(world, 600)) {
      for (int i = 0; i < 5; i++) {
        world.passSeconds(10);
        stats.poll();
      }
      assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
    }
    Database database = Database.open(world.config);
    assertThat(oldest(database, "usage_5m")).isAfter(world.now.minus(Duration.ofHours(24)));
    assertThat(oldest(database, "usage_1h")).isAfter(world.now.minus(Duration.ofDays(6)));
    assertThat(oldest(database, "usage_1d")).isAfter(world.now.minus(Duration.ofDays(90)));
    assertThat(oldest(database, "usage_1mo")).isBefore(World.START.plusSeconds(1));
    database.close();
  }

  /** As history of long ago is made: most rounds at the full hour, some not, with crashes. */
  @ParameterizedTest
  @CsvSource({"UTC", "Asia/Kolkata", "Europe/Berlin"})
  void retention_ofNoFiveMinutes_writesHoursAtOnce(String zone) throws Exception {
    World world = new World(directory, World.START, ZoneId.of(zone), 64);
    StatsConfig usual = world.config;
    world.config =
        world.config.withRetention(Duration.ZERO, Duration.ofDays(40), Duration.ofDays(400));
    for (int life = 0; life < 4; life++) {
      StatsService stats = world.open();
      for (int hour = 0; hour < 200; hour++) {
        world.count(key(1000 + random.nextInt(5)), random.nextInt(1_000_000));
        world.pass(untilFullHour(world));
        stats.poll();
      }
      world.count(key(1000), 77);
      world.passSeconds(random.nextInt(9_000));
      stats.poll();
      stats.abandon();
    }
    world.config = usual;
    try (StatsService stats = world.open()) {
      assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
      assertThat(addUp(stats, cuts(World.START, world.now, 30))).isEqualTo(world.counted);
      HistoryQuery hours =
          new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, Set.of(), UsageFilter.ALL);
      assertThat(stats.history(hours).buckets()).hasSizeBetween(790, 815);
    }
    Database database = Database.open(world.config);
    assertThat(oldest(database, "usage_5m")).isAfter(world.now.minus(Duration.ofHours(4)));
    database.close();
  }

  private static Duration untilFullHour(World world) {
    long time = world.now.toEpochMilli();
    long hour = Duration.ofHours(1).toMillis();
    // half-hour zones have their full hours elsewhere
    return Duration.ofMillis(
        hour
            - Math.floorMod(
                time
                    + world.config.zone().getRules().getOffset(world.now).getTotalSeconds() * 1000L,
                hour));
  }

  /** Of a table without rows: later than all. */
  private static Instant oldest(Database database, String table) {
    return database.read(
        connection -> {
          try (var row =
              connection.createStatement().executeQuery("SELECT MIN(id) FROM " + table)) {
            row.next();
            long id = row.getLong(1);
            return row.wasNull() ? Instant.MAX : Tick.instant(Tick.tickOf(id));
          }
        });
  }

  @Test
  void summary_filtersAndGroups() {
    World world = new World(directory);
    world.interfaces.add(World.host(3, "wlan0", Traffic.NONE));
    world.identities.put(
        3,
        new NetworkIdentities.Identity(NetworkType.WIFI, true, true, Optional.of("cafe"), false));
    try (StatsService stats = world.open()) {
      world.count(key(1000, 2), 100);
      world.count(key(1000, 3), 200);
      world.count(key(1001, 3), 400);
      world.passSeconds(10);
      stats.poll();
      assertThat(bytes(stats, filter(Optional.of("wlan0"), Optional.empty()))).isEqualTo(600);
      assertThat(bytes(stats, filter(Optional.empty(), Optional.of(false)))).isEqualTo(100);
      assertThat(bytes(stats, UsageFilter.ofUid(1000))).isEqualTo(300);
      List<Row> rows =
          summary(stats, LONG_AGO, FAR, Dimension.ROAMING, Dimension.NETWORK, Dimension.NETNS)
              .rows();
      assertThat(rows).hasSize(2);
      assertThat(rows.get(0).key().network()).contains("cafe");
      assertThat(rows.get(0).key().roaming()).contains(true);
      assertThat(rows.get(0).key().uid()).isEmpty();
      assertThat(rows.get(0).key().netns()).contains(FakeDatapath.HOST);
    }
  }

  private static UsageFilter filter(Optional<String> iface, Optional<Boolean> metered) {
    return UsageFilter.ALL.withIface(iface).withNetworks(NetworkTemplate.ANY.withMetered(metered));
  }

  private static long bytes(Usage usage, UsageFilter filter) {
    return usage
        .summary(new SummaryQuery(LONG_AGO, FAR, EnumSet.of(Dimension.UID), filter))
        .total()
        .rxBytes();
  }

  @Test
  void summary_takesTheOpenBucketWhole() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 1000);
      world.passSeconds(100);
      stats.poll();
      Instant at = World.START;
      assertThat(rxBytes(stats, at, world.now)).isEqualTo(1000);
      assertThat(rxBytes(stats, at, at.plusSeconds(50))).isEqualTo(500);
      assertThat(rxBytes(stats, at.plusSeconds(75), FAR)).isEqualTo(250);
      assertThat(rxBytes(stats, at, at)).isZero();
      assertThat(rxBytes(stats, world.now, FAR)).isZero();
      assertThat(ZonedDateTime.ofInstant(summary(stats, at, FAR).asOf(), ZoneOffset.UTC))
          .isEqualTo("2026-03-01T10:01:40Z");
    }
  }

  private static long rxBytes(Usage usage, Instant from, Instant to) {
    return summary(usage, from, to).total().rxBytes();
  }
}
