package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.share.Proportion;

/**
 * Android's acceptance cases for history and interpolation, by the numbers of our reference, on the
 * whole service. We have five-minute buckets below Android's hours; hours must be the same. Active
 * time (in cases 2 and 3) is not kept. Cases 1, 7, 11, 12, 14 to 16 and 23 are those of recordings,
 * 24 is that of the API, 26 to 39 those of attribution.
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
    assertThat(later.spans(Resolution.HOUR)).hasSize(kept);
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
    assertThat(later.spans(Resolution.HOUR).keySet().stream().map(String::valueOf))
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
}
