package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SummaryQuery;

/** What apps say that they did. */
class OperationsTest {
  private static final long RED = 1001;
  private static final long TAG = 0xf00d;

  @TempDir Path directory;

  private static List<Row> rows(Usage usage, Instant from, Instant to, Dimension... by) {
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    dimensions.addAll(List.of(by));
    return usage.summary(new SummaryQuery(from, to, dimensions, UsageFilter.ofUid(RED))).rows();
  }

  private static List<Row> rows(Usage usage, Dimension... by) {
    return rows(usage, LONG_AGO, FAR, by);
  }

  @Test
  void addOperations_countsForTheTagAndInTheTotal() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.addOperations(RED, TAG, 4);
      stats.addOperations(RED, 7, 1);
      assertThat(rows(stats, Dimension.TAG))
          .extracting(row -> row.key().tag(), Row::operations)
          .containsExactlyInAnyOrder(
              tuple(Optional.of(0L), 5L), tuple(Optional.of(TAG), 4L), tuple(Optional.of(7L), 1L));
      assertThat(rows(stats)).extracting(Row::operations).containsExactly(5L);
    }
  }

  /** Android's case 42: 4 in the background and 6 in the foreground are 10, also after a reboot. */
  @Test
  void addOperations_countsForThePresentSetAndSurvivesAReboot() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(RED), new Traffic(1024, 8, 512, 4));
      stats.addOperations(RED, TAG, 4);
      stats.setCounterSet(RED, CounterSet.FOREGROUND);
      stats.addOperations(RED, TAG, 6);
      world.passSeconds(10);
      stats.poll();
    }
    world.reboot();
    try (StatsService stats = world.open()) {
      assertThat(rows(stats))
          .extracting(Row::traffic, Row::operations)
          .containsExactly(tuple(new Traffic(1024, 8, 512, 4), 10L));
      assertThat(rows(stats, Dimension.SET))
          .extracting(row -> row.key().set(), Row::operations)
          .containsExactlyInAnyOrder(
              tuple(Optional.of(CounterSet.DEFAULT), 4L),
              tuple(Optional.of(CounterSet.FOREGROUND), 6L));
    }
  }

  /** Android's case 54. */
  @Test
  void addOperations_blamesTheDefaultNetwork() {
    World world = new World(directory);
    world.interfaces.add(World.host(3, "wwan0", Traffic.NONE));
    try (StatsService stats = world.open()) {
      world.count(key(RED, 3), 500);
      world.passSeconds(10);
      stats.poll();
      stats.addOperations(RED, TAG, 2);
      world.defaultNetwork = Optional.empty();
      stats.addOperations(RED, TAG, 1);
      assertThat(rows(stats, Dimension.IFACE))
          .extracting(row -> row.key().iface().orElseThrow(), Row::operations)
          .containsExactlyInAnyOrder(tuple("wwan0", 0L), tuple("eth0", 2L), tuple("unknown", 1L));
    }
  }

  @Test
  void addOperations_areSeenBeforeTheNextSnapshot() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      world.pass(Duration.ofMinutes(7));
      stats.addOperations(RED, TAG, 3);
      world.passSeconds(1);
      assertThat(rows(stats, LONG_AGO, world.now)).extracting(Row::operations).containsExactly(3L);
      assertThat(rows(stats, world.now, FAR)).isEmpty();
    }
  }

  @Test
  void addOperations_areRolledUpLikeBytes() {
    World world = new World(directory);
    world.config =
        world.config.withRetention(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(30));
    try (StatsService stats = world.open()) {
      for (int hour = 0; hour < 100; hour++) {
        world.count(key(RED), 100);
        stats.addOperations(RED, TAG, 2);
        world.pass(Duration.ofHours(1));
        stats.poll();
      }
      assertThat(rows(stats)).extracting(Row::operations).containsExactly(200L);
      assertThat(
              stats
                  .history(
                      new HistoryQuery(
                          LONG_AGO, FAR, Resolution.DAY, Set.of(), UsageFilter.ofUid(RED)))
                  .buckets())
          .extracting(bucket -> bucket.row().operations())
          .startsWith(28L, 48L, 48L);
    }
  }

  @Test
  void addOperations_namesTheUid() {
    World world = new World(directory);
    world.names.put(RED, "red");
    try (StatsService stats = world.open()) {
      stats.addOperations(RED, TAG, 1);
    }
    try (StatsService stats = world.open()) {
      assertThat(rows(stats, Dimension.UID).get(0).key().name()).contains("red");
    }
  }

  @Test
  void addOperations_hasNoRoomForTagsWithoutEnd() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      for (long tag = 1; tag <= Poller.MOST_TAGS; tag++) {
        stats.addOperations(RED, tag, 1);
      }
      assertThatThrownBy(() -> stats.addOperations(RED, Poller.MOST_TAGS + 1, 1))
          .isInstanceOf(ErrnoException.class)
          .hasMessageContainingAll("UID 1001", "1000 other tags");
      stats.addOperations(RED, 1, 1);
      stats.addOperations(RED + 1, 5000, 1);
      assertThat(rows(stats)).extracting(Row::operations).containsExactly(Poller.MOST_TAGS + 1L);
    }
  }

  @Test
  void addOperations_refusesWhatIsNoOperation() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      assertThatThrownBy(() -> stats.addOperations(RED, 0, 1))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> stats.addOperations(RED, TAG, -1))
          .isInstanceOf(IllegalArgumentException.class);
      stats.addOperations(RED, TAG, 0);
      assertThat(rows(stats)).isEmpty();
    }
  }

  @Test
  void open_addsOperationsToAnOlderHistory() throws SQLException {
    World world = new World(directory);
    Database old = Database.open(world.config);
    Flyway.configure()
        .dataSource(old.source())
        .locations(Schema.LOCATION)
        .target("1")
        .load()
        .migrate();
    old.write(
        connection ->
            connection
                .createStatement()
                .execute(
                    "INSERT INTO interfaces VALUES (0, 0, 0, 'unknown', 'unknown', 'WIRE', FALSE,"
                        + " FALSE, NULL, FALSE, 1, 0);"
                        + "INSERT INTO series VALUES (0, 'UID', "
                        + RED
                        + ", 0, 'DEFAULT', 0);"
                        + "INSERT INTO usage_5m VALUES ("
                        + Tick.row(Tick.of(World.START.toEpochMilli()), 0)
                        + ", 500, 5, 50, 1)"));
    old.close();
    try (StatsService stats = world.open()) {
      stats.addOperations(RED, TAG, 3);
      assertThat(rows(stats))
          .extracting(Row::traffic, Row::operations)
          .containsExactly(tuple(new Traffic(500, 5, 50, 1), 3L));
    }
  }
}
