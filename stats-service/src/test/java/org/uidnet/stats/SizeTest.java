package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uidnet.stats.Steps.Step;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Work;
import org.uidnet.stats.Usage.WorkKind;

/** How large the file becomes, and what is given up to keep it small. */
class SizeTest {
  private static final long MAX = 1 << 20;

  @TempDir Path directory;

  private static void live(World world, StatsService stats, int rounds) {
    for (int i = 0; i < rounds; i++) {
      for (int uid = 1000; uid < 1060; uid++) {
        world.count(key(uid), 1000 + 7 * i + uid);
      }
      world.pass(Duration.ofMinutes(30));
      stats.poll();
    }
  }

  @Test
  void maxBytes_exceeded_givesUpTheOldestOfTheFinest() {
    World world = new World(directory);
    world.config = world.config.withMaxBytes(MAX);
    try (StatsService stats = world.open()) {
      live(world, stats, 48 * 4);
      assertThat(stats.status().bytes()).isLessThan(3 * MAX);
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      var fine =
          stats.history(
              new HistoryQuery(
                  world.now.minus(Duration.ofDays(2)),
                  FAR,
                  Resolution.FIVE_MINUTES,
                  Set.of(),
                  UsageFilter.ofUid(1001)));
      assertThat(fine.mixed()).as("some of the last two days is told by hours").isTrue();
      assertThat(stats.status().problems())
          .allMatch(problem -> problem.contains("more than the limit of 1048576"));
    }
  }

  @Test
  void maxBytes_belowWhatMonthsTake_saysSoAndLosesNothing() {
    World world = new World(directory);
    world.config = world.config.withMaxBytes(1);
    try (StatsService stats = world.open()) {
      live(world, stats, 60);
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      assertThat(stats.status().problems()).singleElement().asString().contains("limit of 1: ");
    }
  }

  @Test
  void maxBytes_notReached_changesNothing() {
    World world = new World(directory);
    world.config = world.config.withMaxBytes(100 * MAX);
    try (StatsService stats = world.open()) {
      live(world, stats, 60);
      assertThat(stats.status().problems()).isEmpty();
    }
  }

  @Test
  void vacuum_afterRetention_makesTheFileSmaller_andLosesNothing() throws IOException {
    World world = new World(directory);
    Path left = Files.createDirectory(directory.resolve("history-vacuum-1"));
    Files.createFile(left.resolve("history.mv.db"));
    try (StatsService stats = world.open()) {
      live(world, stats, 48 * 5);
      Usage.Vacuumed result = stats.vacuum();
      assertThat(result.bytes()).isLessThan(result.bytesBefore()).isEqualTo(stats.status().bytes());
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      live(world, stats, 3);
      assertThat(directory.toFile().list()).containsExactly("history.mv.db");
    }
    try (StatsService again = world.open()) {
      assertThat(byUid(again, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VACUUM_BEGUN", "VACUUM_COPIED"})
  void vacuum_whileRoundsAndQuestionsGoOn_losesNothing(Step meanwhile) {
    World world = new World(directory);
    // What is short-lived is deleted meanwhile, too.
    world.config =
        world.config.withRetention(Duration.ofHours(2), Duration.ofHours(30), Duration.ofDays(3));
    try (StatsService stats = world.open()) {
      live(world, stats, 48 * 3);
      world.steps =
          step -> {
            if (step == meanwhile) {
              live(world, stats, 48 * 3);
              stats.addOperations(1001, 7, 3);
              assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
            }
          };
      stats.vacuum();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      assertThat(World.operations(stats, 1001)).isEqualTo(3);
    }
    world.steps = Steps.UNOBSERVED;
    try (StatsService again = world.open()) {
      live(world, again, 10);
      assertThat(byUid(again, LONG_AGO, FAR)).isEqualTo(world.counted);
      world.datapath.checkSlots();
    }
  }

  /** Rounds that follow each other without a pause leave H2 no time to give room back. */
  @Test
  void vacuum_lessThanHalfInUse_comesByItself() {
    World world = new World(directory);
    List<Long> replaced = new ArrayList<>();
    try (StatsService stats = world.open()) {
      long[] before = new long[1];
      world.steps =
          step -> {
            if (step == Step.VACUUM_BEGUN) {
              before[0] = stats.status().bytes();
            } else if (step == Step.VACUUM_REPLACED) {
              replaced.add(before[0]);
            }
          };
      for (int round = 0; round < 300 && replaced.isEmpty(); round++) {
        for (int uid = 1000; uid < 1500; uid++) {
          world.count(key(uid), 1000 + 7 * round + uid);
        }
        world.pass(Duration.ofMinutes(30));
        stats.poll();
      }
      assertThat(replaced).hasSize(1).allMatch(bytes -> bytes > 32 * MAX);
      assertThat(stats.status().bytes()).isLessThan(replaced.get(0) / 2);
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  @Test
  void vacuum_tellsHowFarItIs() {
    World world = new World(directory);
    List<Work> seen = new ArrayList<>();
    try (StatsService stats = world.open()) {
      live(world, stats, 10);
      world.steps =
          step -> {
            if (step == Step.VACUUM_COPIED) {
              seen.addAll(stats.status().work());
            }
          };
      stats.vacuum();
      assertThat(seen).singleElement().matches(work -> work.kind() == WorkKind.VACUUM);
      assertThat(seen.get(0).done()).isPositive().isEqualTo(seen.get(0).total());
      assertThat(stats.status().work()).isEmpty();
    }
  }
}
