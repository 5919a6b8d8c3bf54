package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.stats.Steps.Step;
import org.uidnet.stats.Usage.Bucket;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Work;
import org.uidnet.stats.Usage.WorkKind;

/** What takes many rounds, or long in one, tells how far it is. */
class ProgressTest {
  /** More buckets than are rolled up, and than are deleted, in one round. */
  private static final Duration ABSENCE = Duration.ofDays(20);

  private static final List<Long> UIDS = List.of(1001L, 1002L, 1003L, 1004L);

  private static final int MANY_ROUNDS = 10;

  @TempDir Path directory;

  private static Optional<Work> work(StatsService stats, WorkKind kind) {
    return stats.status().work().stream().filter(work -> work.kind() == kind).findFirst();
  }

  /** What one kind of work told after each round. */
  private static List<Work> goOn(StatsService stats, WorkKind kind) {
    List<Work> told = new ArrayList<>();
    for (int round = 0; round < MANY_ROUNDS; round++) {
      stats.poll();
      work(stats, kind).ifPresent(told::add);
    }
    return told;
  }

  private static void beAbsent(World world, StatsService stats) {
    UIDS.forEach(uid -> world.count(key(uid), 1_000));
    stats.poll();
    UIDS.forEach(uid -> world.count(key(uid), 100_000_000));
    world.pass(ABSENCE);
  }

  @Test
  void rollUp_afterLongAbsence_tellsHowFarItIs() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      beAbsent(world, stats);
      List<Work> told = goOn(stats, WorkKind.ROLL_UP);
      assertThat(told).hasSizeGreaterThan(1);
      assertThat(told.get(0).total()).isBetween(ABSENCE.toHours() - 1, ABSENCE.toHours() + 1);
      assertThat(told).extracting(Work::done).isSorted().doesNotHaveDuplicates();
      assertThat(told.get(0).done()).isPositive();
      assertThat(work(stats, WorkKind.ROLL_UP)).isEmpty();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  void deletion_ofManyRows_tellsHowFarItIs() {
    World world = new World(directory);
    world.config =
        world.config.withRetention(Duration.ofHours(9), Duration.ofDays(4), Duration.ofDays(40));
    try (StatsService stats = world.open()) {
      beAbsent(world, stats);
      List<Work> told = goOn(stats, WorkKind.DELETION);
      assertThat(told).isNotEmpty();
      assertThat(told.get(0).total()).isPositive().isLessThan(ABSENCE.toHours());
      assertThat(work(stats, WorkKind.DELETION)).isEmpty();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  private static List<Bucket> counted(World world, StatsService stats) {
    world.count(key(1001), 1_000);
    world.count(key(1002), 1_000);
    world.passSeconds(10);
    stats.poll();
    Set<Dimension> all = EnumSet.complementOf(EnumSet.of(Dimension.DAY));
    return stats
        .history(new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, all, UsageFilter.ALL))
        .buckets();
  }

  @Test
  void importHistory_tellsWhatItReadsAndThatItStored() {
    World world = new World(directory);
    List<Work> seen = new ArrayList<>();
    try (StatsService stats = world.open()) {
      Runnable look = () -> work(stats, WorkKind.IMPORT).ifPresent(seen::add);
      world.steps =
          step -> {
            if (step == Step.IMPORT_STORED) {
              look.run();
            }
          };
      Stream<Bucket> read = counted(world, stats).stream().peek(bucket -> look.run());
      stats.importHistory("other", read::iterator);
      assertThat(work(stats, WorkKind.IMPORT)).isEmpty();
    }
    assertThat(seen).extracting(Work::done).containsExactly(0L, 1L, 2L);
    assertThat(seen).extracting(Work::total).containsExactly(Works.UNKNOWN, Works.UNKNOWN, 2L);
  }
}
