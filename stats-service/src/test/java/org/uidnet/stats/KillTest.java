package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.key;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Traffic;

/**
 * A process that is killed while it stores, and writes its file anew all the time, keeps every
 * snapshot that it said to have stored.
 */
class KillTest {
  private static final int KEYS = 300;

  @TempDir Path directory;

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void poll_isLastingWhenItReturns() throws IOException, InterruptedException {
    Random random = new Random();
    for (int run = 0; run < 3; run++) {
      Path state = directory.resolve("run" + run);
      Process process = start(state);
      long said = readUntilKilled(process, 5 + random.nextInt(40));
      World world = new World(state);
      try (StatsService stats = world.open()) {
        Traffic total = World.summary(stats, LONG_AGO, FAR).total();
        // The kernel's memory died with the process, so what it had not stored is gone; a round is
        // there as a whole or not at all.
        long rounds = total.rxBytes() / KEYS;
        assertThat(total).isEqualTo(new Traffic(rounds * KEYS, rounds * KEYS, 0, 0));
        assertThat(rounds).isBetween(said, said + 1);
      }
    }
  }

  private static Process start(Path state) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Victim.class.getName(),
            state.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static long readUntilKilled(Process process, int rounds)
      throws IOException, InterruptedException {
    long said = 0;
    try (BufferedReader out = new BufferedReader(process.inputReader(StandardCharsets.US_ASCII))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said = Long.parseLong(line);
        if (said == rounds) {
          // Not that of Process, which closes what we read from.
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return said;
  }

  /** Counts and stores until it is killed, and says what it stored. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] args) {
      World world = new World(Path.of(args[0]));
      StatsService stats = world.open();
      Thread vacuums = new Thread(() -> vacuum(stats), "vacuums");
      vacuums.setDaemon(true);
      vacuums.start();
      for (int round = 1; ; round++) {
        for (int i = 0; i < KEYS; i++) {
          world.count(key(1000 + i), new Traffic(1, 1, 0, 0));
        }
        world.passSeconds(100);
        stats.poll();
        System.out.println(round);
      }
    }

    private static void vacuum(StatsService stats) {
      while (true) {
        stats.vacuum();
      }
    }
  }
}
