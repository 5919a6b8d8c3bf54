package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.START;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;

class ExportQueueTest {
  private static final int MANY = 1_000_000;
  private static final Duration BUCKET = Duration.ofMinutes(5);

  @TempDir Path directory;

  private static void liveBucket(World world, StatsService stats, long uid, long bytes) {
    world.count(key(uid), bytes);
    world.pass(BUCKET);
    stats.poll();
  }

  private static long rxBytes(ExportBatch batch) {
    return batch.rows().stream().mapToLong(row -> row.bucket().row().traffic().rxBytes()).sum();
  }

  @Test
  void next_givesCompleteBucketsOnly() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      world.count(key(1000), 300);
      world.passSeconds(299);
      stats.poll();
      assertThat(queue.next(MANY)).isEmpty();
      world.passSeconds(1);
      stats.poll();
      ExportBatch batch = queue.next(MANY).orElseThrow();
      assertThat(batch.from()).isEqualTo(START);
      assertThat(batch.to()).isEqualTo(START.plus(BUCKET));
      assertThat(rxBytes(batch)).isEqualTo(300);
    }
  }

  @Test
  void next_isTheSameUntilItIsSent() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      liveBucket(world, stats, 1000, 300);
      ExportBatch batch = queue.next(MANY).orElseThrow();
      assertThat(queue.next(MANY)).contains(batch);
      queue.sent(batch);
      assertThat(queue.next(MANY)).isEmpty();
    }
  }

  @Test
  void next_goesOnAfterARestart() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      liveBucket(world, stats, 1000, 300);
      ExportQueue queue = stats.exportQueue("sink");
      queue.sent(queue.next(MANY).orElseThrow());
      liveBucket(world, stats, 1000, 500);
    }
    try (StatsService stats = world.open()) {
      ExportQueue queue = stats.exportQueue("sink");
      assertThat(rxBytes(queue.next(MANY).orElseThrow())).isEqualTo(500);
      assertThat(rxBytes(stats.exportQueue("other").next(MANY).orElseThrow())).isEqualTo(800);
    }
  }

  @Test
  void next_endsWithABucketWhenThereAreEnoughRows() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      world.count(key(1001), 10);
      liveBucket(world, stats, 1000, 300);
      liveBucket(world, stats, 1000, 500);
      ExportBatch batch = queue.next(1).orElseThrow();
      assertThat(batch.rows()).hasSize(2);
      assertThat(batch.to()).isEqualTo(START.plus(BUCKET));
      queue.sent(batch);
      assertThat(rxBytes(queue.next(1).orElseThrow())).isEqualTo(500);
    }
  }

  @Test
  void next_tellsWithoutRowsThatNothingWasCounted() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      assertThat(queue.next(MANY)).isEmpty();
      world.pass(BUCKET.multipliedBy(3));
      stats.poll();
      ExportBatch batch = queue.next(MANY).orElseThrow();
      assertThat(batch.rows()).isEmpty();
      assertThat(batch.to()).isEqualTo(START.plus(BUCKET.multipliedBy(3)));
      assertThat(batch.boot()).isEqualTo("boot-1");
    }
  }

  @Test
  void row_holdsWhatTellsItApart() {
    World world = new World(directory);
    world.names.put(1000L, "anna");
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      world.count(new SlotId(1000, 7, 1, 2, FakeDatapath.HOST), new Traffic(300, 3, 30, 1));
      liveBucket(world, stats, 1000, 50);
      List<ExportBatch.Row> rows = queue.next(MANY).orElseThrow().rows();
      assertThat(rows).as("the untagged row holds no tagged traffic").hasSize(2);
      UsageKey tagged = rows.get(0).bucket().row().key();
      assertThat(rows.get(0).bucket().row().traffic()).isEqualTo(new Traffic(300, 3, 30, 1));
      assertThat(tagged.uid()).contains(1000L);
      assertThat(tagged.name()).contains("anna");
      assertThat(tagged.tag()).contains(7L);
      assertThat(tagged.set()).contains(CounterSet.FOREGROUND);
      assertThat(tagged.iface()).contains("eth0");
    }
  }

  @Test
  void next_givesABucketAgainWhenTheClockWentBackIntoIt() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      liveBucket(world, stats, 1000, 300);
      queue.sent(queue.next(MANY).orElseThrow());
      world.setClock(START.plusSeconds(60));
      world.count(key(1000), 40);
      world.passSeconds(10);
      stats.poll();
      assertThat(queue.next(MANY)).as("it is open again").isEmpty();
      world.pass(BUCKET);
      stats.poll();
      assertThat(rxBytes(queue.next(MANY).orElseThrow())).isEqualTo(340);
    }
  }

  /** The sink may have stored the batch, or not. */
  @Test
  void sent_leavesOutWhatChangedWhileItWasOnItsWay() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      liveBucket(world, stats, 1000, 300);
      ExportBatch onItsWay = queue.next(MANY).orElseThrow();
      world.setClock(START.plusSeconds(60));
      world.count(key(1000), 40);
      world.passSeconds(10);
      stats.poll();
      queue.sent(onItsWay);
      world.pass(BUCKET);
      stats.poll();
      assertThat(rxBytes(queue.next(MANY).orElseThrow())).isEqualTo(340);
    }
  }

  @Test
  void row_namesTheBootThatCountedItsBucket() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      liveBucket(world, stats, 1000, 300);
      liveBucket(world, stats, 1000, 20);
    }
    world.reboot();
    try (StatsService stats = world.open()) {
      stats.poll();
      liveBucket(world, stats, 1000, 500);
      liveBucket(world, stats, 1000, 7);
      List<ExportBatch.Row> rows = stats.exportQueue("sink").next(MANY).orElseThrow().rows();
      assertThat(rows).extracting(ExportBatch.Row::boot).startsWith("boot-1").endsWith("boot-1'");
      assertThat(rows)
          .extracting(row -> row.bucket().start())
          .as("a bucket is of one boot only")
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void open_givesBucketsOfEarlierVersionsToTheBootThatWasLast() throws SQLException {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      stats.poll();
      liveBucket(world, stats, 1000, 300);
    }
    forgetVersion8(world);
    world.reboot();
    try (StatsService stats = world.open()) {
      stats.poll();
      liveBucket(world, stats, 1000, 500);
      ExportBatch batch = stats.exportQueue("sink").next(MANY).orElseThrow();
      assertThat(batch.rows().get(0).boot()).isEqualTo("boot-1");
      assertThat(batch.boot()).isEqualTo("boot-1'");
    }
  }

  private static void forgetVersion8(World world) throws SQLException {
    Database database = Database.open(world.config);
    try (Statement statement = database.writer().createStatement()) {
      statement.execute("DROP TABLE exports");
      statement.execute("DROP TABLE boots_of_buckets");
      statement.execute("DELETE FROM \"flyway_schema_history\" WHERE \"version\" = '8'");
    }
    database.writer().commit();
    database.close();
  }

  @Test
  void next_losesTheOldestWhenTheSinkIsAwayForTooLong() {
    World world = new World(directory);
    world.config =
        world.config.withRetention(Duration.ofHours(3), Duration.ofDays(1), Duration.ofDays(9));
    try (StatsService stats = world.open()) {
      stats.poll();
      ExportQueue queue = stats.exportQueue("sink");
      liveBucket(world, stats, 1000, 300);
      queue.sent(queue.next(MANY).orElseThrow());
      for (int bucket = 0; bucket < 6 * 12; bucket++) {
        liveBucket(world, stats, 1000, 1);
      }
      ExportBatch kept = queue.next(MANY).orElseThrow();
      ExportProgress progress = queue.progress();
      assertThat(progress.lost())
          .contains(new ExportProgress.Lost(START.plus(BUCKET), kept.from()));
      assertThat(kept.from()).isEqualTo(START.plus(Duration.ofHours(3)));
      assertThat(progress.waiting()).isEqualTo(3 * 12 + 1);
      assertThat(rxBytes(kept)).as("all that is kept").isEqualTo(3 * 12 + 1);
      liveAway(world, stats, queue);
    }
  }

  /** Still away: one period grows. */
  private static void liveAway(World world, StatsService stats, ExportQueue queue) {
    Instant from = queue.progress().lost().orElseThrow().from();
    for (int bucket = 0; bucket < 12; bucket++) {
      liveBucket(world, stats, 1000, 1);
    }
    queue.next(MANY);
    Optional<ExportProgress.Lost> lost = queue.progress().lost();
    assertThat(lost).contains(new ExportProgress.Lost(from, START.plus(Duration.ofHours(4))));
  }
}
