package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.stats.Usage.Bucket;
import org.uidnet.stats.Usage.HistoryQuery;

/** One UID's hours are the same whether they are read by UID or with those of all others. */
class HoursOfDaysTest {
  private static final long UID = 1003;

  @TempDir Path directory;

  private World world() {
    World world = new World(directory, World.START, ZoneId.of("Asia/Kolkata"), 1024);
    world.config =
        world.config.withRetention(Duration.ofHours(9), Duration.ofDays(5), Duration.ofDays(900));
    return world;
  }

  private static void live(World world, StatsService stats, int hours) {
    for (int i = 0; i < hours; i++) {
      for (int uid = 1000; uid < 1010; uid++) {
        if (i % (1 + uid % 4) == 0) {
          world.count(key(uid), 100 + i);
        }
      }
      world.pass(Duration.ofMinutes(47));
      stats.poll();
    }
  }

  private static void assertSame(Usage usage, Instant from, Instant to) {
    List<Bucket> ofOne =
        usage
            .history(
                new HistoryQuery(
                    from, to, Resolution.HOUR, Set.of(Dimension.UID), UsageFilter.ofUid(UID)))
            .buckets();
    List<Bucket> ofAll =
        usage
            .history(
                new HistoryQuery(from, to, Resolution.HOUR, Set.of(Dimension.UID), UsageFilter.ALL))
            .buckets()
            .stream()
            .filter(bucket -> bucket.row().key().uid().filter(uid -> uid == UID).isPresent())
            .toList();
    assertThat(ofOne).isNotEmpty().isEqualTo(ofAll);
  }

  @Test
  void history_ofOne_isThatOfAll() {
    World world = world();
    try (StatsService stats = world.open()) {
      live(world, stats, 200);
      assertSame(stats, LONG_AGO, FAR);
      assertSame(stats, World.START.plus(Duration.ofHours(50)), FAR);
      assertSame(stats, LONG_AGO, world.now.minus(Duration.ofHours(30)));
      assertSame(stats, world.now.minus(Duration.ofHours(70)), world.now.minusSeconds(200_000));
    }
  }

  @Test
  void history_afterTheClockWentBack_hasLateHours() {
    World world = world();
    try (StatsService stats = world.open()) {
      live(world, stats, 150);
      Instant now = world.now;
      world.setClock(now.minus(Duration.ofDays(3)));
      live(world, stats, 20);
      world.setClock(now);
      live(world, stats, 2);

      assertSame(stats, LONG_AGO, FAR);
      assertThat(World.byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  /** As of a version that did not pack them. */
  @Test
  void history_ofDaysThatAreNotPacked_isThere() throws SQLException {
    World world = world();
    try (StatsService stats = world.open()) {
      live(world, stats, 150);
    }
    change(world, "UPDATE rollups SET packed = FALSE WHERE first % 2 = 0");
    change(world, "DELETE FROM hours_of_days WHERE BITAND(id / 4294967296, 1) = 0");
    try (StatsService stats = world.open()) {
      assertSame(stats, LONG_AGO, FAR);
    }
  }

  @Test
  void retention_deletesThemWithTheHours() throws SQLException {
    World world = world();
    try (StatsService stats = world.open()) {
      live(world, stats, 250);
    }
    try (Database database = Database.open(world.config);
        Statement statement = database.writer().createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT MIN(h.id) / 4294967296, MIN(u.id) / 4294967296 FROM hours_of_days h,"
                    + " usage_1h u")) {
      row.next();
      assertThat(row.getLong(1)).isPositive().isEqualTo(row.getLong(2));
    }
  }

  private static void change(World world, String sql) throws SQLException {
    Database database = Database.open(world.config);
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
          }
        });
    database.close();
  }
}
