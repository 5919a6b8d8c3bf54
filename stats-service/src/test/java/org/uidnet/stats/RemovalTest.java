package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.uidnet.programs.Counters;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.programs.layout.SlotState;
import org.uidnet.stats.Steps.Step;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SummaryQuery;

/** A UID is removed: its figures stay, in the totals and as those of removed UIDs. */
class RemovalTest {
  private static final long UID = 1001;
  private static final long OTHER = 1002;
  private static final long TAG = 0xf00d;
  private static final Set<Dimension> ALL = EnumSet.of(Dimension.UID, Dimension.SET, Dimension.TAG);

  @TempDir Path directory;

  private static SlotId slot(int set, long tag) {
    return new SlotId(UID, tag, set, 2, FakeDatapath.HOST);
  }

  /** Untagged and tagged, in both sets, stored and not stored; 1234 bytes in all. */
  private static void use(World world, StatsService stats) {
    world.count(slot(Layouts.SET_DEFAULT, 0), new Traffic(1000, 1, 0, 0));
    world.count(slot(Layouts.SET_DEFAULT, TAG), new Traffic(200, 1, 0, 0));
    stats.addOperations(UID, TAG, 5);
    world.passSeconds(10);
    stats.poll();
    world.count(slot(Layouts.SET_FOREGROUND, TAG), new Traffic(30, 1, 0, 0));
    world.count(slot(Layouts.SET_OVERFLOW, 0), new Traffic(4, 1, 0, 0));
    world.count(key(OTHER), new Traffic(7, 1, 0, 0));
    world.passSeconds(10);
  }

  private static List<Tuple> summary(Usage usage, Set<Dimension> by) {
    return lines(usage.summary(new SummaryQuery(LONG_AGO, FAR, by, UsageFilter.ALL)).rows());
  }

  private static List<Tuple> lines(List<Row> rows) {
    return rows.stream()
        .map(row -> tuple(row.key().kind(), row.traffic().rxBytes(), row.operations()))
        .toList();
  }

  private static long total(Usage usage) {
    return usage
        .summary(new SummaryQuery(LONG_AGO, FAR, Set.of(), UsageFilter.ALL))
        .total()
        .rxBytes();
  }

  @Test
  void removeUid_makesItsHistoryThatOfRemovedUids_withoutTagsAndSets() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      use(world, stats);
      assertThat(stats.removeUid(UID)).isTrue();
      assertThat(total(stats)).isEqualTo(1241);
      assertThat(summary(stats, ALL))
          .containsExactly(tuple(Kind.REMOVED, 1234L, 5L), tuple(Kind.UID, 7L, 0L));
    }
    try (StatsService stats = world.open()) {
      assertThat(summary(stats, ALL))
          .containsExactly(tuple(Kind.REMOVED, 1234L, 5L), tuple(Kind.UID, 7L, 0L));
    }
  }

  @Test
  void removeUid_takesItOutOfLiveCountersAtOnce() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      use(world, stats);
      stats.removeUid(UID);
      assertThat(lines(stats.sinceBoot(ALL, UsageFilter.ALL).rows()))
          .containsExactly(tuple(Kind.REMOVED, 1234L, 0L), tuple(Kind.UID, 7L, 0L));
      for (int slot = 1; slot <= world.datapath.control().slotsEverUsed(); slot++) {
        boolean other = world.datapath.slotKeys().id(slot).uid() == OTHER;
        assertThat(world.datapath.slotKeys().state(slot))
            .isEqualTo(other ? SlotState.LIVE : SlotState.FREE);
      }
      world.datapath.checkSlots();
    }
  }

  @Test
  void removeUid_whoeverGetsTheNumberNext_startsClean() {
    World world = new World(directory);
    world.names.put(UID, "earlier");
    try (StatsService stats = world.open()) {
      stats.setCounterSet(UID, CounterSet.FOREGROUND);
      use(world, stats);
      stats.removeUid(UID);
      world.names.put(UID, "later");
      assertThat(stats.uid(UID).set()).isEqualTo(CounterSet.DEFAULT);
      world.count(key(UID), new Traffic(60, 1, 0, 0));
      assertThat(lines(stats.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ofUid(UID)).rows()))
          .containsExactly(tuple(Kind.UID, 60L, 0L));
      world.passSeconds(10);
      stats.poll();
      Usage.Summary own =
          stats.summary(
              new SummaryQuery(LONG_AGO, FAR, EnumSet.of(Dimension.UID), UsageFilter.ofUid(UID)));
      assertThat(lines(own.rows())).containsExactly(tuple(Kind.UID, 60L, 0L));
      assertThat(own.rows().get(0).key().name()).contains("later");
      assertThat(total(stats)).isEqualTo(1301);
    }
  }

  @Test
  void removeUid_ofTheNextHolderToo_addsUp() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      use(world, stats);
      stats.removeUid(UID);
      world.count(key(UID), new Traffic(60, 1, 0, 0));
      assertThat(stats.removeUid(UID)).isTrue();
      assertThat(summary(stats, ALL))
          .containsExactly(tuple(Kind.REMOVED, 1294L, 5L), tuple(Kind.UID, 7L, 0L));
    }
  }

  @Test
  void removeUid_whoIsNotThere_changesNothing() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      assertThat(stats.removeUid(UID)).isFalse();
      use(world, stats);
      stats.removeUid(UID);
      assertThat(stats.removeUid(UID)).isFalse();
      assertThat(stats.removeUid(100_123)).isFalse();
      assertThat(world.datapath.rowOf(100_123)).as("row").isEmpty();
      stats.setCounterSet(UID, CounterSet.FOREGROUND);
      assertThat(stats.removeUid(UID)).isTrue();
    }
  }

  /** Its last packets are on their way through programs that have found the slot already. */
  @Test
  void removeUid_countsWhatProgramsAddUntilTheWaitEnds() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      use(world, stats);
      int slot = world.datapath.slotFor(slot(Layouts.SET_DEFAULT, 0));
      world.datapath.whileWaiting =
          () -> world.datapath.add(slot, new Counters(new Traffic(500, 1, 0, 0), Traffic.NONE));
      stats.removeUid(UID);
      world.datapath.whileWaiting = () -> {};
      assertThat(summary(stats, EnumSet.of(Dimension.UID)))
          .containsExactly(tuple(Kind.REMOVED, 1734L, 5L), tuple(Kind.UID, 7L, 0L));
    }
  }

  private static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Killed between any two steps; whoever asked for the removal asks again. */
  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {
        "FORGOTTEN",
        "RETIRED",
        "AWAITED",
        "BEFORE_SNAPSHOT",
        "SNAPSHOT_STORED",
        "ZEROED",
        "BEFORE_CLEAR",
        "CLEARED",
        "FREED",
        "RELEASED",
        "PUSHED",
        "BEFORE_REMOVAL",
        "REMOVED"
      })
  void removeUid_repeatedAfterACrash_isWhole(Step step) {
    World world = new World(directory);
    StatsService killed = world.open();
    use(world, killed);
    world.steps =
        reached -> {
          if (reached == step) {
            throw new Crash();
          }
        };
    assertThatThrownBy(() -> killed.removeUid(UID)).isInstanceOf(Crash.class);
    killed.abandon();
    world.steps = Steps.UNOBSERVED;
    try (StatsService stats = world.open()) {
      assertThat(stats.removeUid(UID)).isEqualTo(step != Step.REMOVED);
      assertThat(summary(stats, ALL))
          .containsExactly(tuple(Kind.REMOVED, 1234L, 5L), tuple(Kind.UID, 7L, 0L));
      world.pass(Duration.ofSeconds(10));
      stats.poll();
      assertThat(lines(stats.sinceBoot(ALL, UsageFilter.ALL).rows()))
          .containsExactly(tuple(Kind.REMOVED, 1234L, 0L), tuple(Kind.UID, 7L, 0L));
      world.datapath.checkSlots();
    }
  }

  /** Slots that cannot be waited for now are given back later; what they count is not lost. */
  @Test
  void removeUid_whereTheKernelDoesNotAnswer_losesNothing() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      use(world, stats);
      world.datapath.whileWaiting =
          () -> {
            throw new DatapathException("no grace period");
          };
      assertThat(stats.removeUid(UID)).isTrue();
      world.datapath.whileWaiting = () -> {};
      world.passSeconds(10);
      stats.poll();
      assertThat(summary(stats, EnumSet.of(Dimension.UID)))
          .containsExactly(tuple(Kind.REMOVED, 1234L, 5L), tuple(Kind.UID, 7L, 0L));
      assertThat(stats.status().problems()).isEmpty();
      world.datapath.checkSlots();
    }
  }
}
