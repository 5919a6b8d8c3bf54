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
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Bucket;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.ImportOutcome;

/** What is exported is all that there is, once, and can be taken in elsewhere. */
class ExportTest {
  private static final Set<Dimension> ALL =
      EnumSet.complementOf(EnumSet.of(Dimension.DAY, Dimension.NETNS));

  @TempDir Path directory;

  /** Ten days in all tiers: the oldest have days only, the newest five minutes. */
  private World passed() {
    World world =
        new World(directory.resolve("here"), World.START, ZoneId.of("Asia/Kolkata"), 1024);
    world.config =
        world.config.withRetention(Duration.ofHours(8), Duration.ofDays(3), Duration.ofDays(900));
    return world;
  }

  private static void live(World world, StatsService stats) {
    for (int i = 0; i < 10 * 24; i++) {
      world.count(key(1000 + i % 7, 2), 1000 + i);
      world.count(key(2000), 10);
      world.pass(Duration.ofMinutes(59));
      stats.poll();
    }
    stats.addOperations(1001, 7, 3);
  }

  private static List<Bucket> export(
      Usage usage, Resolution resolution, Instant from, Instant to, Set<Dimension> by) {
    List<Bucket> buckets = new ArrayList<>();
    usage.export(new HistoryQuery(from, to, resolution, by, UsageFilter.ALL), buckets::add);
    return buckets;
  }

  @ParameterizedTest
  @EnumSource(Resolution.class)
  void export_adjacentRanges_haveEachByteOnce(Resolution resolution) {
    World world = passed();
    try (StatsService stats = world.open()) {
      live(world, stats);
      Instant cut = World.START.plus(Duration.ofHours(103));

      List<Bucket> all = export(stats, resolution, LONG_AGO, FAR, Set.of(Dimension.UID));
      List<Bucket> parts = export(stats, resolution, LONG_AGO, cut, Set.of(Dimension.UID));
      parts.addAll(export(stats, resolution, cut, FAR, Set.of(Dimension.UID)));

      assertThat(parts).isEqualTo(all);
      assertThat(total(all)).isEqualTo(World.summary(stats, LONG_AGO, FAR).total());
    }
  }

  private static Traffic total(List<Bucket> buckets) {
    return buckets.stream()
        .map(bucket -> bucket.row().traffic())
        .reduce(Traffic.NONE, Traffic::plus);
  }

  @Test
  void export_isWhatHistoryAnswers() {
    World world = passed();
    try (StatsService stats = world.open()) {
      live(world, stats);
      Instant from = world.now.minus(Duration.ofDays(2));
      var query = new HistoryQuery(from, world.now, Resolution.HOUR, ALL, UsageFilter.ofUid(1001));
      List<Bucket> exported = new ArrayList<>();
      stats.export(query, exported::add);

      assertThat(exported).isNotEmpty().isEqualTo(stats.history(query).buckets());
    }
  }

  @Test
  void export_ofNothing_isEmpty() {
    try (StatsService stats = new World(directory).open()) {
      assertThat(export(stats, Resolution.HOUR, LONG_AGO, FAR, ALL)).isEmpty();
    }
  }

  /** A reader that takes its time must not keep snapshots from being published. */
  @Test
  void export_sinkPolls_isNotWaitedFor() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      world.passSeconds(10);
      stats.poll();
      var query =
          new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, Set.of(Dimension.UID), UsageFilter.ALL);
      stats.export(query, bucket -> stats.poll());
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @ParameterizedTest
  @EnumSource(Resolution.class)
  void importHistory_ofAnExport_tellsTheSameByUid(Resolution resolution) {
    World here = passed();
    World there = new World(directory.resolve("there"));
    try (StatsService stats = here.open();
        StatsService other = there.open()) {
      live(here, stats);
      List<Bucket> exported = export(stats, resolution, LONG_AGO, FAR, ALL);

      assertThat(other.importHistory("here", exported).outcome()).isEqualTo(ImportOutcome.IMPORTED);
      assertThat(byUid(other, LONG_AGO, FAR)).isEqualTo(here.counted);
      assertThat(World.operations(other, 1001)).isEqualTo(3);
      assertThat(ifaces(other)).containsOnly("imported/here/eth0");
      assertThat(other.imports()).singleElement().extracting("name").hasToString("here");
    }
    try (StatsService again = there.open()) {
      assertThat(byUid(again, LONG_AGO, FAR)).isEqualTo(here.counted);
    }
  }

  private static Set<String> ifaces(Usage usage) {
    Set<String> names = new java.util.TreeSet<>();
    World.summary(usage, LONG_AGO, FAR, Dimension.IFACE)
        .rows()
        .forEach(row -> row.key().iface().ifPresent(names::add));
    return names;
  }

  @Test
  void importHistory_again_changesNothing() {
    World here = passed();
    try (StatsService stats = here.open();
        StatsService other = new World(directory.resolve("there")).open()) {
      live(here, stats);
      List<Bucket> exported = export(stats, Resolution.DAY, LONG_AGO, FAR, ALL);
      other.importHistory("here", exported);

      assertThat(other.importHistory("here", exported).outcome())
          .isEqualTo(ImportOutcome.UNCHANGED);
      assertThat(byUid(other, LONG_AGO, FAR)).isEqualTo(here.counted);
    }
  }

  @Test
  void importHistory_ofMore_takesThePlaceOfLess() {
    World here = passed();
    try (StatsService stats = here.open();
        StatsService other = new World(directory.resolve("there")).open()) {
      live(here, stats);
      Instant cut = here.now.minus(Duration.ofDays(4));
      other.importHistory("here", export(stats, Resolution.DAY, LONG_AGO, cut, ALL));

      List<Bucket> all = export(stats, Resolution.DAY, LONG_AGO, FAR, ALL);
      assertThat(other.importHistory("here", all).outcome()).isEqualTo(ImportOutcome.REPLACED);
      assertThat(byUid(other, LONG_AGO, FAR)).isEqualTo(here.counted);
    }
  }

  @Test
  void importHistory_ofFollowingTime_addsToIt() {
    World here = passed();
    try (StatsService stats = here.open();
        StatsService other = new World(directory.resolve("there")).open()) {
      live(here, stats);
      Instant cut = here.now.minus(Duration.ofDays(4));
      other.importHistory("here", export(stats, Resolution.DAY, LONG_AGO, cut, ALL));
      other.importHistory("here", export(stats, Resolution.DAY, cut, FAR, ALL));

      assertThat(byUid(other, LONG_AGO, FAR)).isEqualTo(here.counted);
    }
  }

  @Test
  void importHistory_ofOverlappingTime_isRefused() {
    World here = passed();
    try (StatsService stats = here.open();
        StatsService other = new World(directory.resolve("there")).open()) {
      live(here, stats);
      other.importHistory("here", export(stats, Resolution.DAY, LONG_AGO, FAR, ALL));
      Instant from = here.now.minus(Duration.ofDays(4));
      List<Bucket> part = export(stats, Resolution.DAY, from, FAR, ALL);

      assertThatThrownBy(() -> other.importHistory("here", part))
          .isInstanceOf(ErrnoException.class)
          .hasMessageContaining("is here already");
      assertThat(byUid(other, LONG_AGO, FAR)).isEqualTo(here.counted);
    }
  }

  @Test
  void importHistory_ofImpossibleFigures_isRefusedWhole() {
    try (StatsService stats = new World(directory).open()) {
      Bucket good = bucket(World.START, new Traffic(1, 1, 1, 1));
      Bucket bad = bucket(World.START.plusSeconds(3600), new Traffic(-1, 1, 1, 1));
      assertThatThrownBy(() -> stats.importHistory("x", List.of(good, bad)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("figures");
      assertThatThrownBy(() -> stats.importHistory("x", List.of()))
          .hasMessageContaining("nothing in it");
      assertThat(stats.imports()).isEmpty();
    }
  }

  private static Bucket bucket(Instant start, Traffic traffic) {
    UsageKey key =
        new UsageKey(
            Kind.UID,
            Optional.of(1L),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false);
    return new Bucket(start, start.plusSeconds(3600), new Usage.Row(key, traffic));
  }
}
