package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.stats.Usage.SummaryQuery;

class ConcurrencyTest {
  @TempDir Path directory;

  /** What is stored and what was counted in all only ever grow, whatever the writer is doing. */
  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void questions_seeWholeCommitsWhileRoundsGoOn() throws Exception {
    World world = new World(directory);
    world.config =
        world
            .config
            .withSlotIdle(Duration.ofSeconds(20), Duration.ofSeconds(1), 512)
            .withRetention(Duration.ofHours(2), Duration.ofHours(30), Duration.ofDays(3));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    AtomicBoolean stop = new AtomicBoolean();
    try (StatsService stats = world.open()) {
      List<Future<?>> askers = new ArrayList<>();
      SummaryQuery all = new SummaryQuery(LONG_AGO, FAR, Set.of(), UsageFilter.ALL);
      askers.add(threads.submit(() -> grows(stop, () -> stats.summary(all).total().rxBytes())));
      askers.add(threads.submit(() -> grows(stop, () -> sinceBoot(stats))));
      for (int i = 0; i < 250; i++) {
        world.count(key(1000 + i % 37), 100);
        world.pass(Duration.ofMinutes(13));
        stats.poll();
      }
      stop.set(true);
      for (Future<?> asker : askers) {
        asker.get();
      }
      assertThat(stats.summary(all).total().rxBytes()).isEqualTo(25_000);
      assertThat(sinceBoot(stats)).isEqualTo(25_000);
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  private static void grows(AtomicBoolean stop, LongSupplier answer) {
    long last = 0;
    while (!stop.get()) {
      long now = answer.getAsLong();
      assertThat(now).isGreaterThanOrEqualTo(last);
      last = now;
    }
  }

  private static long sinceBoot(Usage usage) {
    return usage.sinceBoot(Set.of(), UsageFilter.ALL).rows().stream()
        .mapToLong(row -> row.traffic().rxBytes())
        .sum();
  }

  @Test
  void poll_isRefusedAfterClose() {
    World world = new World(directory);
    StatsService stats = world.open();
    stats.close();
    assertThatThrownBy(stats::poll).isInstanceOf(IllegalStateException.class);
  }
}
