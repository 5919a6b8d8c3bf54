package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.DatapathException;

class FilesTest {
  @TempDir Path directory;

  @Test
  void open_makesTheDirectoryAndKeepsTheFileToItself() throws IOException {
    World world = new World(directory.resolve("a/b"));
    try (StatsService stats = world.open()) {
      Path file = Path.of(stats.status().file());
      assertThat(file).exists();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(stats.status().bytes()).isPositive();
    }
    try (Stream<Path> files = Files.list(directory.resolve("a/b"))) {
      assertThat(files.map(path -> path.getFileName().toString())).containsExactly("history.mv.db");
    }
  }

  @Test
  void tables_tellHowManyRowsEachHas() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.passSeconds(10);
      stats.poll();
      assertThat(stats.tables())
          .contains(new Usage.TableSize("boots", 1), new Usage.TableSize("imports", 0));
    }
  }

  @ParameterizedTest
  @Tag("fault")
  @ValueSource(strings = {"begin", "all", "middle", "short"})
  void open_setsADamagedFileAside(String where) throws IOException {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 200; i++) {
        world.count(key(1000 + i), 500);
      }
      world.passSeconds(10);
      stats.poll();
    }
    Path file = directory.resolve("history.mv.db");
    damage(file, where);
    byte[] damaged = Files.readAllBytes(file);
    try (StatsService stats = world.open()) {
      Path aside = directory.resolve("history.mv.db.corrupt-20260301T100010Z");
      assertThat(aside).hasBinaryContent(damaged);
      assertThat(stats.status().problems())
          .singleElement()
          .asString()
          .contains(file.toString(), "damaged", aside.toString());
      // What the kernel holds is stored anew.
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  private static void damage(Path file, String where) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int from = where.equals("middle") ? 8192 : 0;
    int to = where.equals("begin") ? 8192 : bytes.length;
    for (int i = from; i < to; i++) {
      bytes[i] = (byte) (i * 31);
    }
    Files.write(
        file,
        where.equals("short")
            ? List.of("no database").toString().getBytes(StandardCharsets.UTF_8)
            : bytes);
  }

  @Test
  void open_fileHeldByAnotherProcess_countsOnUntilItIsLetGo() throws IOException {
    World world = new World(directory);
    world.config = world.config.withSlotIdle(Duration.ofMinutes(1), Duration.ofMinutes(1), 512);
    leaveSlotsThatArePartlyRetired(world);
    Path file = directory.resolve("history.mv.db");
    FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE);
    other.lock();
    try (StatsService stats = world.open()) {
      assertHeld(stats, file);
      world.count(key(1000), 60);
      world.passSeconds(10);
      assertThatThrownBy(stats::poll)
          .isInstanceOf(HistoryException.class)
          .hasMessageContainingAll(file.toString(), "held by another process", "--state-dir");
      assertHeld(stats, file);
      other.close();
      world.passSeconds(10);
      stats.poll();
      assertThat(stats.status().problems()).isEmpty();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
      world.datapath.checkSlots();
    }
  }

  /** What they hold beyond the store is only known from it. */
  private static void leaveSlotsThatArePartlyRetired(World world) {
    world.steps =
        step -> {
          if (step == Steps.Step.ZEROED) {
            throw new DatapathException("killed");
          }
        };
    try (StatsService stats = world.open()) {
      for (int i = 0; i < 4; i++) {
        world.count(key(1000), 500);
        world.count(key(2000 + i), 500);
        world.pass(Duration.ofMinutes(2));
        stats.poll();
      }
      stats.abandon();
    }
    world.steps = Steps.UNOBSERVED;
  }

  private static void assertHeld(StatsService stats, Path file) {
    assertThat(stats.status().problems())
        .singleElement()
        .asString()
        .contains("counters go on in the kernel", file.toString(), "held by another process");
    assertThatThrownBy(() -> byUid(stats, LONG_AGO, FAR)).isInstanceOf(HistoryException.class);
    assertThat(stats.uids()).isNotEmpty();
  }

  @Test
  void open_refusesANewerSchemaUntouched() throws SQLException {
    World world = new World(directory);
    world.open().close();
    int next = Schema.VERSION + 1;
    Database database = Database.open(world.config);
    database.write(
        connection -> {
          connection
              .createStatement()
              .execute(
                  "INSERT INTO \"flyway_schema_history\" VALUES (99, '"
                      + next
                      + "', 'later', 'SQL', 'V"
                      + next
                      + "__later.sql', 1, '', CURRENT_TIMESTAMP, 1, TRUE)");
        });
    database.close();
    assertThatThrownBy(world::open)
        .isInstanceOf(HistoryException.class)
        .hasMessageContainingAll("schema " + next, "newer uidnet", "untouched");
    assertThat(directory.toFile().list()).containsExactly("history.mv.db");
  }

  @Test
  void open_saysThatTheDirectoryCannotBeMade() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    World world = new World(file.resolve("state"));
    assertThatThrownBy(world::open)
        .isInstanceOf(HistoryException.class)
        .hasMessageContainingAll("cannot make directory", "--state-dir");
  }

  @Test
  void version_isThatOfTheLastMigration() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src/main/resources/org/uidnet/stats/migration"))) {
      assertThat(files.map(FilesTest::version).max(Integer::compare)).contains(Schema.VERSION);
    }
  }

  private static int version(Path migration) {
    return Integer.parseInt(migration.getFileName().toString().split("__", 2)[0].substring(1));
  }

  @Test
  void poll_healsWhenTheStoreIsBackAgain() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      world.count(key(1000), 500);
      world.passSeconds(10);
      stats.poll();
      // The store closes itself when a write fails.
      stats.abandon();
      world.count(key(1000), 60);
      world.passSeconds(10);
      assertThatThrownBy(stats::poll).isInstanceOf(HistoryException.class);
      assertThat(stats.status().problems()).hasSize(1);
      assertThatThrownBy(() -> byUid(stats, LONG_AGO, FAR)).isInstanceOf(HistoryException.class);
      world.passSeconds(10);
      stats.poll();
      assertThat(stats.status().problems()).isEmpty();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }
}
