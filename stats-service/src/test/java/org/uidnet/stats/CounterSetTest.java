package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Layouts;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SummaryQuery;

class CounterSetTest {
  private static final long UID = 1001;
  private static final long HIGH_UID = 100_123;
  private static final Set<Dimension> BY_SET = EnumSet.of(Dimension.SET);

  @TempDir Path directory;

  /** A packet of the UID, as the programs count it. */
  private static void count(World world, long uid, long bytes) {
    int row = world.datapath.makeRow(uid).orElseThrow();
    int set = world.datapath.uids().counterSet(row);
    world.count(new SlotId(uid, 0, set, 2, FakeDatapath.HOST), new Traffic(bytes, 1, 0, 0));
  }

  private static List<Tuple> lines(List<Row> rows) {
    return rows.stream()
        .map(row -> tuple(row.key().set().orElseThrow(), row.traffic().rxBytes()))
        .toList();
  }

  @Test
  void setCounterSet_isSeenFromTheNextPacketOn() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      count(world, UID, 100);
      assertThat(stats.setCounterSet(UID, CounterSet.FOREGROUND)).isTrue();
      count(world, UID, 20);
      assertThat(lines(stats.sinceBoot(BY_SET, UsageFilter.ALL).rows()))
          .containsExactly(tuple(CounterSet.DEFAULT, 100L), tuple(CounterSet.FOREGROUND, 20L));
      world.passSeconds(10);
      stats.poll();
      assertThat(stats.setCounterSet(UID, CounterSet.DEFAULT)).isTrue();
      count(world, UID, 3);
      world.passSeconds(10);
      stats.poll();
      assertThat(
              lines(stats.summary(new SummaryQuery(LONG_AGO, FAR, BY_SET, UsageFilter.ALL)).rows()))
          .containsExactly(tuple(CounterSet.DEFAULT, 103L), tuple(CounterSet.FOREGROUND, 20L));
      assertThat(
              stats
                  .history(
                      new HistoryQuery(LONG_AGO, FAR, Resolution.HOUR, Set.of(), onlyForeground()))
                  .buckets())
          .extracting(bucket -> bucket.row().traffic().rxBytes())
          .containsExactly(20L);
    }
  }

  private static UsageFilter onlyForeground() {
    return UsageFilter.ALL.withSet(CounterSet.FOREGROUND);
  }

  @Test
  void setCounterSet_asItIs_writesNothing() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      assertThat(stats.setCounterSet(HIGH_UID, CounterSet.DEFAULT)).isFalse();
      assertThat(world.datapath.rowOf(HIGH_UID)).as("row").isEmpty();
      assertThat(stats.setCounterSet(HIGH_UID, CounterSet.FOREGROUND)).isTrue();
      assertThat(stats.setCounterSet(HIGH_UID, CounterSet.FOREGROUND)).isFalse();
      assertThat(stats.uid(HIGH_UID).set()).isEqualTo(CounterSet.FOREGROUND);
    }
  }

  @Test
  void setCounterSet_outlivesTheDaemonAndNotTheBoot() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.setCounterSet(UID, CounterSet.FOREGROUND);
    }
    try (StatsService stats = world.open()) {
      assertThat(stats.uid(UID).set()).isEqualTo(CounterSet.FOREGROUND);
    }
    world.reboot();
    try (StatsService stats = world.open()) {
      assertThat(stats.uid(UID).set()).isEqualTo(CounterSet.DEFAULT);
    }
  }

  @Test
  void setCounterSet_withoutARow_saysSo() {
    World world = new World(directory);
    while (world
        .datapath
        .makeRow(200_000 + world.datapath.control().highRowsEverUsed())
        .isPresent()) {
      // Until all rows are taken.
    }
    try (StatsService stats = world.open()) {
      assertThatThrownBy(() -> stats.setCounterSet(HIGH_UID, CounterSet.FOREGROUND))
          .isInstanceOf(ErrnoException.class)
          .hasMessageContaining("UID 100123 stays in the set DEFAULT");
      assertThat(stats.setCounterSet(UID, CounterSet.FOREGROUND)).isTrue();
    }
  }

  @Test
  void setCounterSet_toOverflow_isRefused() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      assertThatThrownBy(() -> stats.setCounterSet(UID, CounterSet.OVERFLOW))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(world.datapath.uids().counterSet((int) UID)).isEqualTo(Layouts.SET_DEFAULT);
    }
  }
}
