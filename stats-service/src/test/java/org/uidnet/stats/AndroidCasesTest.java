package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;
import org.uidnet.stats.share.Proportion;

/**
 * Android's acceptance cases for history and interpolation, by the numbers of our reference, on the
 * whole service. We have five-minute buckets below Android's hours; hours must be the same. Active
 * time (in cases 2 and 3) is not kept. Those of recordings are with them (1, 7, 8, 11, 12, 14 to
 * 16, 23), those of access are the API's (18, 24, 57), those of attribution with it (26 to 39); 42
 * and 54 are those of operations, 45 and 48 of tags, 43 to 56 also of templates, 51 and 52 of
 * alerts, 83 to 92 of quotas.
 */
class AndroidCasesTest {
  private static final Instant START = Instant.ofEpochMilli(1_194_220_800_000L);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long UID = 10_001;

  @TempDir Path directory;

  /** A host at the beginning of an hour, its counters seen once. */
  private World world() {
    World world = new World(directory, START, ZoneOffset.UTC, 64);
    world.bootTime = START.minusSeconds(1);
    return world;
  }

  private static void record(World world, StatsService stats, Duration time, Traffic traffic) {
    world.count(key(UID), traffic);
    world.pass(time);
    stats.poll();
  }

  private static void idleUntil(World world, StatsService stats, Instant time) {
    record(world, stats, Duration.between(world.now, time), Traffic.NONE);
  }

  private static List<Traffic> hours(StatsService stats, Instant from, Instant to) {
    return stats
        .history(new HistoryQuery(from, to, Resolution.HOUR, Set.of(), UsageFilter.ALL))
        .buckets()
        .stream()
        .map(bucket -> bucket.row().traffic())
        .toList();
  }

  private static List<Traffic> hours(StatsService stats) {
    return hours(stats, LONG_AGO, FAR);
  }

  @Test
  void case02_recordOfASecond_isOneBucket() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(1024, 10, 2048, 20));
      assertThat(hours(stats)).containsExactly(new Traffic(1024, 10, 2048, 20));
    }
  }

  @Test
  void case03_recordOverTwoHalfHours_isTwoEqualBuckets() {
    World world = world();
    try (StatsService stats = world.open()) {
      idleUntil(world, stats, START.plus(HOUR.dividedBy(2)));
      record(world, stats, HOUR, new Traffic(1024, 10, 128, 2));
      assertThat(hours(stats))
          .containsExactly(new Traffic(512, 5, 64, 1), new Traffic(512, 5, 64, 1));
    }
  }

  /** Android's buckets here are of 15 minutes, which is three of ours. */
  @Test
  void case04_recordThatTouchesNeighbours_isMostlyInTheMiddle() {
    World world = world();
    try (StatsService stats = world.open()) {
      Duration quarter = Duration.ofMinutes(15);
      idleUntil(world, stats, START.plus(Duration.ofMinutes(14)));
      record(world, stats, Duration.ofMinutes(20), new Traffic(1000, 2000, 5000, 10_000));
      assertThat(between(stats, START, START.plus(quarter)))
          .isEqualTo(new Traffic(50, 100, 250, 500));
      assertThat(between(stats, START.plus(quarter), START.plus(quarter.multipliedBy(2))))
          .isEqualTo(new Traffic(750, 1500, 3750, 7500));
      assertThat(between(stats, START.plus(quarter.multipliedBy(2)), FAR))
          .isEqualTo(new Traffic(200, 400, 1000, 2000));
    }
  }

  private static Traffic between(StatsService stats, Instant from, Instant to) {
    return sum(byUid(stats, from, to).values());
  }

  @Test
  void case05_recordsWithGaps_leaveTheGapsEmpty() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(128, 2, 256, 4));
      idleUntil(world, stats, START.plus(Duration.ofHours(84)));
      record(world, stats, HOUR.multipliedBy(2), new Traffic(2048, 4, 2048, 4));
      idleUntil(world, stats, START.plus(Duration.ofDays(7)));
      record(world, stats, SECOND, new Traffic(64, 1, 512, 8));
      assertThat(hours(stats))
          .containsExactly(
              new Traffic(128, 2, 256, 4),
              new Traffic(1024, 2, 1024, 2),
              new Traffic(1024, 2, 1024, 2),
              new Traffic(64, 1, 512, 8));
    }
  }

  @Test
  void case06_recordsThatOverlapABucket_addUpInIt() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(256, 2, 256, 2));
      idleUntil(world, stats, START.plus(HOUR.dividedBy(2)));
      record(world, stats, HOUR, new Traffic(1024, 10, 1024, 10));
      assertThat(hours(stats))
          .containsExactly(new Traffic(768, 7, 768, 7), new Traffic(512, 5, 512, 5));
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 24", "1, 23", "4, 20", "8760, 0"})
  void case09_removeBefore_keepsBucketsFromThereOn(int cutoffHours, int kept) {
    Tiers.Builder tiers = new Tiers.Builder();
    int start = Tick.of(START.toEpochMilli());
    for (int hour = 0; hour < 24; hour++) {
      tiers.span(Resolution.HOUR, new Tiers.Span(start + 12 * hour, start + 12 * hour + 12));
    }
    Tiers later = tiers.build().withFloor(Resolution.HOUR, start + 12 * cutoffHours);
    assertThat(later.spans(Resolution.HOUR).size()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "-604800, -86400, 0",
    "0, 3600, 100",
    "0, 5400, 150",
    "82800, 604800, 100",
    "-86400, 604800, 2400",
    "1800, 1800, 0"
  })
  void case10_totalOfAnyRange_isItsPartOfTheTime(long from, long to, long bytes) {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, Duration.ofDays(1), new Traffic(2400, 0, 4800, 0));
      assertThat(between(stats, START.plusSeconds(from), START.plusSeconds(to)))
          .isEqualTo(new Traffic(bytes, 0, 2 * bytes, 0));
    }
  }

  /** After it slept the host finds all of it at once: the time that it slept takes its part. */
  @Test
  void recordAfterALongSleep_isSharedOverIt() {
    World world = world();
    try (StatsService stats = world.open()) {
      idleUntil(world, stats, START.plus(Duration.ofMinutes(37)));
      record(world, stats, Duration.ofMinutes(7 * 60 + 43), new Traffic(46_300, 463, 0, 0));
      List<Traffic> hours = hours(stats);
      assertThat(hours).hasSize(9);
      assertThat(hours.get(0)).isEqualTo(new Traffic(2300, 23, 0, 0));
      assertThat(hours.subList(1, 8)).containsOnly(new Traffic(6000, 60, 0, 0));
      assertThat(hours.get(8)).isEqualTo(new Traffic(2000, 20, 0, 0));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT15M, PT0S",
    "PT15M, PT7M",
    "PT7M13S, PT0S",
    "PT1H0.001S, PT59.999S",
    "PT5H, PT3H1M"
  })
  void rangesOfAnyPeriod_addUpAndAreFair(Duration period, Duration shift) {
    World world = world();
    Traffic day = new Traffic(864_000_000, 864_000, 86_400, 86_400);
    try (StatsService stats = world.open()) {
      record(world, stats, Duration.ofDays(1), day);
      Instant from = START.plus(shift);
      Traffic sum = between(stats, LONG_AGO, from);
      while (from.isBefore(world.now)) {
        Traffic part = between(stats, from, from.plus(period));
        sum = sum.plus(part);
        long share = 10 * Math.min(period.toMillis(), Duration.between(from, world.now).toMillis());
        assertThat(part.rxBytes()).isCloseTo(share, Offset.offset(2L));
        from = from.plus(period);
      }
      assertThat(sum).isEqualTo(day);
    }
  }

  @Test
  void case13_recordsOfAnyLength_areConservedInAnyRanges() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    World world = world();
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 25; i++) {
        long bytes = random.nextInt(1 << random.nextInt(31));
        Duration time = Duration.ofMillis(random.nextInt(1 << random.nextInt(28)));
        record(world, stats, time, new Traffic(bytes, bytes / 1000, bytes / 3, bytes / 3000));
      }
      assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
      assertThat(sum(hours(stats)))
          .as("seed " + seed)
          .isEqualTo(world.counted.getOrDefault(UID, Traffic.NONE));
      long[] cuts = random.longs(9, 0, Duration.between(START, world.now).toMillis()).toArray();
      assertThat(sumBetween(stats, cuts))
          .as("seed " + seed)
          .isEqualTo(world.counted.getOrDefault(UID, Traffic.NONE));
    }
  }

  private static Traffic sumBetween(StatsService stats, long[] cuts) {
    Traffic sum = Traffic.NONE;
    Instant from = LONG_AGO;
    for (long cut : LongStream.of(cuts).sorted().toArray()) {
      sum = sum.plus(sum(byUid(stats, from, START.plusMillis(cut)).values()));
      from = START.plusMillis(cut);
    }
    return sum.plus(sum(byUid(stats, from, FAR).values()));
  }

  private static Traffic sum(Iterable<Traffic> traffic) {
    Traffic sum = Traffic.NONE;
    for (Traffic each : traffic) {
      sum = sum.plus(each);
    }
    return sum;
  }

  @Test
  void case17_historyOfHalfHours_tellsWholeHours() {
    World world = world();
    try (StatsService stats = world.open()) {
      idleUntil(world, stats, START.plus(HOUR.dividedBy(2)));
      record(world, stats, HOUR, new Traffic(1024, 10, 128, 2));
      List<Usage.Bucket> buckets =
          stats
              .history(new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, Set.of(), UsageFilter.ALL))
              .buckets();
      assertThat(buckets.get(0).start()).isEqualTo(START);
      assertThat(buckets.get(1).end()).isEqualTo(START.plus(HOUR.multipliedBy(2)));
    }
  }

  /** Android falls back to floating point, which gives the same here. */
  @Test
  void case19_proportionOfLargeNumbers_isExact() {
    assertThat(Proportion.floor(4_939_212_288L, 2_121_815_528L, 12_730_893_165L))
        .isEqualTo(823_202_048);
    assertThatThrownBy(() -> Proportion.floor(30, 100, 0)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void case20_timesWithinAnHour_roundToItsBeginningAndEnd() {
    BucketCalendar calendar = new BucketCalendar(ZoneOffset.UTC);
    int hour = Tick.of(START.toEpochMilli());
    for (int tick = hour; tick < hour + 12; tick++) {
      assertThat(calendar.start(Resolution.HOUR, tick)).isEqualTo(hour);
      assertThat(calendar.end(Resolution.HOUR, tick)).isEqualTo(hour + 12);
    }
  }

  @Test
  void case20_rangesWithoutBounds_areEverything() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(1024, 10, 2048, 20));
      assertThat(byUid(stats, Instant.EPOCH, Instant.MAX)).isEqualTo(world.counted);
    }
  }

  /** Hosts have no contracts whose own counts we would adopt; what matters is the arithmetic. */
  @Test
  void case21_giganticTotals_areScaledWithoutOverflow() {
    long recorded = 12_730_893_164L;
    long anchor = 4_939_212_386L;
    long[] buckets = new long[24];
    Arrays.fill(buckets, recorded / buckets.length);
    long scaled =
        Arrays.stream(buckets).map(bucket -> Proportion.floor(bucket, anchor, recorded)).sum();
    assertThat(scaled).isBetween(anchor - 2 * buckets.length, anchor);
  }

  @ParameterizedTest
  @CsvSource({"10, '10,20,30'", "11, '20,30'", "22, '30'"})
  void case22_removeHistoryBefore_keepsTheBucketThatBeginsThere(int cutoff, String kept) {
    Tiers.Builder tiers = new Tiers.Builder();
    for (int start = 10; start <= 30; start += 10) {
      tiers.span(Resolution.HOUR, new Tiers.Span(start, start + 10));
    }
    Tiers later = tiers.build().withFloor(Resolution.HOUR, cutoff);
    Spans spans = later.spans(Resolution.HOUR);
    assertThat(spans.list(0, spans.size()))
        .extracting(span -> String.valueOf(span.start()))
        .containsExactly(kept.split(","));
  }

  @Test
  void case25_identicalCounters_areNoTraffic() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(1024, 10, 2048, 20));
      assertThat(stats.poll().stored()).isEqualTo(Traffic.NONE);
    }
  }

  @Test
  void case25_newRows_countInFull() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(1024, 10, 2048, 20));
      world.count(key(UID + 1), new Traffic(7, 1, 8, 2));
      world.count(key(UID), new Traffic(1, 1, 1, 1));
      world.passSeconds(1);
      assertThat(stats.poll().stored()).isEqualTo(new Traffic(8, 2, 9, 3));
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  void case25_missingRows_areNotNegative() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(1024, 10, 2048, 20));
    }
    world.reboot();
    try (StatsService stats = world.open()) {
      assertThat(stats.poll().stored()).isEqualTo(Traffic.NONE);
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  void case40_removeUid_leavesAllOthersAsTheyWere() {
    World world = world();
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 5; i++) {
        world.count(key(UID + i), new Traffic(100L + i, 1, 10, 1));
      }
      world.passSeconds(1);
      stats.poll();
      Map<Long, Traffic> others = byUid(stats, LONG_AGO, FAR);
      others.remove(UID + 1);
      others.remove(UID + 3);
      stats.removeUid(UID + 1);
      stats.removeUid(UID + 3);
      Map<Long, Traffic> left = byUid(stats, LONG_AGO, FAR);
      assertThat(left.remove(-1L)).isEqualTo(new Traffic(204, 2, 20, 2));
      assertThat(left).isEqualTo(others);
    }
  }

  @Test
  void case41_counters_areSubtractedFromTheLast() {
    World world = world();
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(1024, 1, 2048, 2));
      record(world, stats, SECOND, new Traffic(3072, 3, 6144, 6));
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(Map.of(UID, new Traffic(4096, 4, 8192, 8)));
    }
  }

  private static NetworkIdentities.Identity network(
      NetworkType type, String name, boolean metered, boolean roaming) {
    return new NetworkIdentities.Identity(type, metered, roaming, Optional.of(name), true);
  }

  private static Traffic used(StatsService stats, NetworkTemplate networks) {
    return stats
        .summary(
            new SummaryQuery(
                LONG_AGO, FAR, Set.of(Dimension.UID), UsageFilter.ALL.withNetworks(networks)))
        .total();
  }

  /** The same interface all the time; a snapshot is taken before the SIM is another one. */
  @Test
  void case43_networks_areToldApartOverTime() {
    World world = world();
    world.identities.put(2, network(NetworkType.MOBILE, "310004", true, false));
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(2048, 16, 512, 4));
      stats.addOperations(UID, 1, 10);
      world.identities.put(2, network(NetworkType.MOBILE, "310260", true, false));
      record(world, stats, SECOND, new Traffic(128, 1, 1024, 8));
      NetworkTemplate mobile = NetworkTemplate.of(NetworkType.MOBILE);
      assertThat(used(stats, mobile.withNames(List.of(NamePattern.exactly("310004")))))
          .isEqualTo(new Traffic(2048, 16, 512, 4));
      assertThat(used(stats, mobile.withNames(List.of(NamePattern.exactly("310260")))))
          .isEqualTo(new Traffic(128, 1, 1024, 8));
      assertThat(used(stats, mobile)).isEqualTo(new Traffic(2176, 17, 1536, 12));
    }
  }

  @Test
  void case47_interfacesOfATransport_areMerged() {
    World world = world();
    world.interfaces.add(World.host(3, "wlan1", Traffic.NONE));
    world.interfaces.add(World.host(4, "rmnet0", Traffic.NONE));
    world.identities.put(2, network(NetworkType.WIFI, "one", false, false));
    world.identities.put(3, network(NetworkType.WIFI, "two", false, false));
    world.identities.put(4, network(NetworkType.MOBILE, "310004", true, false));
    try (StatsService stats = world.open()) {
      world.count(key(UID, 3), new Traffic(1, 2, 3, 4));
      world.count(key(UID, 4), new Traffic(9, 9, 9, 9));
      record(world, stats, SECOND, new Traffic(1024, 8, 512, 4));
      var summary =
          stats.summary(
              new SummaryQuery(
                  LONG_AGO,
                  FAR,
                  Set.of(Dimension.UID),
                  UsageFilter.ALL.withNetworks(NetworkTemplate.of(NetworkType.WIFI))));
      assertThat(summary.rows()).hasSize(1);
      assertThat(summary.rows().get(0).key().iface()).isEmpty();
      assertThat(summary.rows().get(0).traffic()).isEqualTo(new Traffic(1025, 10, 515, 8));
    }
  }

  /** They are those of the interface when it carried the bytes, whatever it is now. */
  @Test
  void case49_meteredAndRoaming_areThoseOfTheInterface() {
    World world = world();
    world.identities.put(2, network(NetworkType.MOBILE, "310004", true, false));
    try (StatsService stats = world.open()) {
      record(world, stats, SECOND, new Traffic(128, 2, 128, 2));
      world.identities.put(2, network(NetworkType.MOBILE, "310004", true, true));
      record(world, stats, SECOND, new Traffic(64, 1, 64, 1));
      NetworkTemplate any = NetworkTemplate.ANY;
      assertThat(used(stats, any.withMetered(Optional.of(true))))
          .isEqualTo(new Traffic(192, 3, 192, 3));
      assertThat(used(stats, any.withMetered(Optional.of(false)))).isEqualTo(Traffic.NONE);
      assertThat(used(stats, any.withRoaming(Optional.of(true))))
          .isEqualTo(new Traffic(64, 1, 64, 1));
      assertThat(used(stats, any.withRoaming(Optional.of(false))))
          .isEqualTo(new Traffic(128, 2, 128, 2));
    }
  }

  @Test
  void case56_testNetworks_areFoundTogetherAndByName() {
    World world = world();
    world.interfaces.add(World.host(3, "test1", Traffic.NONE));
    world.interfaces.add(World.host(4, "test2", Traffic.NONE));
    world.identities.put(2, network(NetworkType.TEST, "one", false, false));
    world.identities.put(3, network(NetworkType.TEST, "two", false, false));
    world.identities.put(
        4, new NetworkIdentities.Identity(NetworkType.TEST, false, false, Optional.empty(), true));
    try (StatsService stats = world.open()) {
      world.count(key(UID, 3), new Traffic(7, 3, 5, 1));
      world.count(key(UID, 4), new Traffic(100, 1, 100, 1));
      record(world, stats, SECOND, new Traffic(12, 18, 14, 1));
      NetworkTemplate test = NetworkTemplate.of(NetworkType.TEST);
      assertThat(used(stats, test)).isEqualTo(new Traffic(119, 22, 119, 3));
      assertThat(used(stats, test.withNames(List.of(new NamePattern("one")))))
          .isEqualTo(new Traffic(12, 18, 14, 1));
      assertThat(used(stats, test.withNames(List.of(new NamePattern("*")))))
          .isEqualTo(new Traffic(19, 21, 19, 2));
    }
  }

  /** Tags, and the sets they were of, go; what is left of it is nobody's. */
  @Test
  void case55_removedUid_leavesNoTagsAndNoSets() {
    World world = world();
    try (StatsService stats = world.open()) {
      world.count(new SlotId(UID, 7, 1, 2, FakeDatapath.HOST), new Traffic(16, 1, 16, 1));
      record(world, stats, SECOND, new Traffic(64, 1, 64, 1));
      stats.removeUid(UID);
      var by = Set.of(Dimension.UID, Dimension.TAG, Dimension.SET);
      var rows = stats.summary(new SummaryQuery(LONG_AGO, FAR, by, UsageFilter.ALL)).rows();
      assertThat(rows)
          .extracting(row -> row.key().kind(), row -> row.key().tag(), Usage.Row::traffic)
          .containsExactly(tuple(Kind.REMOVED, Optional.of(0L), new Traffic(80, 2, 80, 2)));
      assertThat(rows.get(0).key().set()).contains(CounterSet.DEFAULT);
    }
  }
}
