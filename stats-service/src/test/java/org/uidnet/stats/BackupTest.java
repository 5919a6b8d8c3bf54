package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Traffic;

/** A copy that is made while rounds go on is a whole history of its own. */
class BackupTest {
  @TempDir Path directory;

  @Test
  void backup_whilePollsGoOn_isRestoredAsOfItsCommit() throws IOException {
    World world = new World(directory.resolve("here"));
    ByteArrayOutputStream backup = new ByteArrayOutputStream();
    Map<Long, Traffic> then;
    try (StatsService stats = world.open()) {
      round(world, stats);
      then = new TreeMap<>(world.counted);
      stats.backup(slowly(backup, () -> round(world, stats)));
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(world.counted).isNotEqualTo(then);
    }
    Path there = Files.createDirectory(directory.resolve("there"));
    Files.write(there.resolve("history.mv.db"), backup.toByteArray());
    world.config = StatsConfig.in(there);
    try (StatsService restored = world.open()) {
      assertThat(byUid(restored, LONG_AGO, FAR)).isEqualTo(then);
      // What the kernel has counted since then is stored once more, as nothing was here.
      round(world, restored);
      assertThat(byUid(restored, LONG_AGO, FAR)).isEqualTo(world.counted);
    }
  }

  /** Something happens before each piece is taken. */
  private static OutputStream slowly(OutputStream to, Runnable meanwhile) {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        to.write(one);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        meanwhile.run();
        to.write(bytes, offset, length);
      }
    };
  }

  private static void round(World world, StatsService stats) {
    for (int uid = 1000; uid < 1300; uid++) {
      world.count(key(uid), 500);
    }
    world.passSeconds(10);
    stats.poll();
  }

  @Test
  void backup_leavesNothingBehind_alsoOfOneThatWasKilled() throws IOException {
    World world = new World(directory);
    Files.createFile(directory.resolve("history-backup-123.zip"));
    try (StatsService stats = world.open()) {
      stats.backup(OutputStream.nullOutputStream());
      try (Stream<Path> files = Files.list(directory)) {
        assertThat(files).containsExactly(directory.resolve("history.mv.db"));
      }
    }
  }
}
