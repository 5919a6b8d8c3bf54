package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.stats.Steps.Step;
import org.uidnet.stats.android.RecordedKey;
import org.uidnet.stats.android.Recorder;
import org.uidnet.stats.android.Recordings;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkTemplate;

/** Killed anywhere, it goes on exactly. */
class CrashTest {
  private static final long HOUR = 3_600_000;
  private static final long PAST = 1_675_209_600_000L;

  @TempDir Path directory;

  /** Stops the service dead. */
  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static Steps crashAt(Step step, int time) {
    int[] times = {0};
    return reached -> {
      if (reached == step && ++times[0] == time) {
        throw new Crash();
      }
    };
  }

  /** Removals have crashes of their own ({@link RemovalTest}). */
  static Stream<Arguments> steps() {
    return Stream.of(Step.values())
        .filter(step -> step != Step.BEFORE_REMOVAL && step != Step.REMOVED)
        .flatMap(step -> IntStream.of(1, 2, 5).mapToObj(time -> Arguments.of(step, time)));
  }

  private static final Alert.Template ALL =
      new Alert.Template(List.of(), Optional.empty(), NetworkTemplate.ANY);

  @ParameterizedTest
  @Tag("fault")
  @MethodSource("steps")
  void poll_losesAndDoublesNothingWhenKilled(Step step, int time) {
    World world = new World(directory);
    world.config =
        world
            .config
            .withSlotIdle(Duration.ofMinutes(20), Duration.ofMinutes(1), 512)
            .withRetention(Duration.ofHours(3), Duration.ofHours(30), Duration.ofDays(3));
    world.steps = crashAt(step, time);
    boolean crashed = false;
    StatsService stats = null;
    for (int i = 0; i < 40; i++) {
      try {
        stats = stats == null ? world.open() : stats;
        live(world, stats, i);
        if (i % 6 == 5) {
          stats.close();
          stats = null;
        }
      } catch (Crash e) {
        crashed = true;
        world.steps = crashAt(step, time + 3);
        if (stats != null) {
          stats.abandon();
        } else {
          // Killed inside open: its file is still open in this process.
          Abandoned.shutDown(world.config);
        }
        stats = null;
      }
    }
    world.steps = Steps.UNOBSERVED;
    stats = stats == null ? world.open() : stats;
    importGrown(world, stats, 40);
    for (int i = 0; i < 3; i++) {
      world.passSeconds(10);
      stats.poll();
    }
    assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    assertThat(World.operations(stats, 1001)).isEqualTo(world.operations);
    assertAllIsSent(world, stats);
    world.datapath.checkSlots();
    assertThat(crashed).as("crashed").isTrue();
    stats.close();
  }

  private static void live(World world, StatsService stats, int i) {
    for (long uid = 0; uid < 12; uid++) {
      if ((i + uid) % 7 < 2) {
        world.count(key(1000 + uid, 2 + i % 3), 100 + 7 * i + uid);
      }
    }
    world.count(key(70_000 + i % 2), 55);
    world.pass(Duration.ofMinutes(i % 5 == 0 ? 130 : 7));
    stats.poll();
    world.count(key(1001), 30);
    if (i % 4 == 1) {
      stats.addOperations(1001, 1 + i % 3, 1);
    }
    if (i % 4 == 2) {
      stats.addAlert(OptionalLong.of(1001), ALL, 10_000 + i);
    }
    importGrown(world, stats, i);
    if (i % 3 == 2) {
      stats.vacuum();
    }
    world.sink.takeAll(stats);
    world.passSeconds(10);
    stats.poll();
  }

  /** A later copy of a phone's file, which takes the place of the one before. */
  private static void importGrown(World world, StatsService stats, int i) {
    Traffic traffic = new Traffic(i, 1, i, 1);
    Recordings recording =
        Recordings.of(Recorder.UID, HOUR)
            .add(
                NetworkIdentitySet.of(),
                new RecordedKey(999, 0, 0),
                traffic,
                PAST,
                PAST + HOUR * (1 + i));
    try {
      stats.importRecording(recording.unfinished(0), recording.stream());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    world.counted.put(999L, traffic.plus(traffic));
  }

  /** The same without a restart: a failed transaction or call heals in the next round. */
  @ParameterizedTest
  @EnumSource(Step.class)
  void poll_goesOnAfterAFailure(Step step) {
    World world = new World(directory);
    world.config = world.config.withSlotIdle(Duration.ofMinutes(20), Duration.ofMinutes(1), 512);
    int[] times = {0};
    world.steps =
        reached -> {
          if (reached == step && ++times[0] % 3 == 0) {
            throw new DatapathException("injected");
          }
        };
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 40; i++) {
        try {
          live(world, stats, i);
        } catch (DatapathException | HistoryException e) {
          assertThat(e.getMessage()).contains("injected");
        }
      }
      assertRecovered(world, stats);
    }
  }

  /** Memory runs out and is there again: no thread, lock or transaction may be left behind. */
  @ParameterizedTest
  @Tag("fault")
  @EnumSource(Step.class)
  void poll_goesOnAfterMemoryRanOut(Step step) {
    World world = new World(directory);
    world.config = world.config.withSlotIdle(Duration.ofMinutes(20), Duration.ofMinutes(1), 512);
    int[] times = {0};
    world.steps =
        reached -> {
          if (reached == step && ++times[0] % 3 == 0) {
            throw new OutOfMemoryError("injected");
          }
        };
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 40; i++) {
        try {
          live(world, stats, i);
        } catch (OutOfMemoryError e) {
          assertThat(e).hasMessage("injected");
        }
      }
      assertRecovered(world, stats);
    }
  }

  private static void assertRecovered(World world, StatsService stats) {
    world.steps = Steps.UNOBSERVED;
    importGrown(world, stats, 40);
    for (int i = 0; i < 3; i++) {
      world.passSeconds(10);
      stats.poll();
    }
    assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    assertThat(World.operations(stats, 1001)).isEqualTo(world.operations);
    assertAllIsSent(world, stats);
    assertThat(stats.status().problems()).isEmpty();
    world.datapath.checkSlots();
  }

  /** But what phones told: that is not this host's. */
  private static void assertAllIsSent(World world, StatsService stats) {
    world.pass(Duration.ofMinutes(5));
    stats.poll();
    world.sink.takeAll(stats);
    Map<Long, Traffic> counted = new TreeMap<>(world.counted);
    counted.remove(999L);
    assertThat(world.sink.byUid()).isEqualTo(counted);
    assertThat(world.sink.operations()).isEqualTo(world.operations);
  }

  @Test
  void poll_saysThatMemoryRanOut() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      world.steps =
          step -> {
            throw new OutOfMemoryError("Java heap space");
          };
      assertThatThrownBy(stats::poll).isInstanceOf(OutOfMemoryError.class);
      assertThat(stats.status().problems())
          .singleElement()
          .asString()
          .contains("snapshot not stored", "counters go on in the kernel", "Java heap space");
      assertRecovered(world, stats);
    }
  }

  @Test
  void recover_retiresTheSlotThatTheIndexForgot() {
    World world = new World(directory);
    SlotId id = key(1000);
    world.count(id, 500);
    world.datapath.dropFromIndex(id);
    world.count(id, 60);
    try (StatsService stats = world.open()) {
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      assertThat(world.datapath.slotKeys().state(1)).isEqualTo(SlotState.FREE);
      world.datapath.checkSlots();
    }
  }

  @Test
  void retire_countsWhatProgramsAddUntilTheWaitEnds() {
    World world = new World(directory);
    world.config = world.config.withSlotIdle(Duration.ofSeconds(1), Duration.ofSeconds(1), 512);
    try (StatsService stats = world.open()) {
      SlotId id = key(1000);
      world.count(id, 500);
      int slot = world.datapath.slotFor(id);
      for (int i = 0; i < 3; i++) {
        world.passSeconds(10);
        stats.poll();
        world.datapath.whileWaiting = () -> world.datapath.add(slot, counters(33));
      }
      assertThat(byUid(stats, LONG_AGO, FAR).get(1000L).rxBytes()).isEqualTo(533);
      assertThat(world.datapath.slotKeys().state(slot)).isEqualTo(SlotState.FREE);
    }
  }

  private static org.uidnet.programs.Counters counters(long bytes) {
    return new org.uidnet.programs.Counters(new Traffic(bytes, 1, 0, 0), Traffic.NONE);
  }

  @Test
  void retire_keepsEveryByteWithItsKeyWhenSlotsAreReused() {
    World world = new World(directory, World.START, java.time.ZoneOffset.UTC, 40);
    world.config = world.config.withSlotIdle(Duration.ofSeconds(30), Duration.ofSeconds(10), 512);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    try (StatsService stats = world.open()) {
      long overflow = 0;
      for (int i = 0; i < 600; i++) {
        SlotId id = key(1000 + i / 6 + random.nextInt(8), 2 + random.nextInt(2));
        if (world.datapath.slotFor(id) == 0) {
          overflow++;
        } else {
          world.count(id, random.nextInt(10_000));
        }
        if (random.nextInt(3) == 0) {
          world.passSeconds(10);
          stats.poll();
        }
      }
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).as("seed " + seed).isEqualTo(world.counted);
      assertThat(overflow).as("overflows, seed " + seed).isLessThan(100);
      assertThat(
              stats.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL).rows().stream()
                  .mapToLong(row -> row.traffic().rxBytes())
                  .sum())
          .isEqualTo(world.counted.values().stream().mapToLong(t -> t.rxBytes()).sum());
    }
  }

  @Test
  @Tag("fault")
  void retire_givesSlotsOfVanishedInterfacesBack() {
    World world = new World(directory);
    world.interfaces.add(World.host(7, "veth7", Traffic.NONE));
    try (StatsService stats = world.open()) {
      world.count(key(1000, 7), 500);
      world.count(key(1000, 2), 60);
      world.passSeconds(10);
      stats.poll();
      world.interfaces.remove(1);
      for (int i = 0; i < 3; i++) {
        world.passSeconds(10);
        stats.poll();
      }
      assertThat(world.datapath.slotKeys().state(1)).isEqualTo(SlotState.FREE);
      assertThat(world.datapath.slotKeys().state(2)).isEqualTo(SlotState.LIVE);
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      assertThat(stats.status().liveSlots()).isEqualTo(1);
    }
  }
}
