package org.uidnet.stats;

import static org.uidnet.stats.World.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.SummaryQuery;

/** What a round and the usual questions cost. Prints a table; see RATIONALE.md for the command. */
public final class SnapshotBenchmark {
  private static final int ROUNDS = 41;
  private static final int WARM_UP = 20;

  private SnapshotBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("uidnet-benchmark");
    try {
      System.out.printf("%-52s %9s %9s%n", "what", "median ms", "p99 ms");
      snapshots(directory.resolve("a"), 10_000);
      snapshots(directory.resolve("b"), 200);
      questions(directory.resolve("c"));
    } finally {
      delete(directory);
    }
  }

  private static void snapshots(Path directory, int keys) {
    World world = new World(directory, World.START, ZoneOffset.UTC, 16_384);
    time("open, new file", 1, 0, i -> world.open().close());
    time("open, known file", 5, 0, i -> world.open().close());
    try (StatsService stats = world.open()) {
      int[] round = {0};
      time(
          "snapshot of " + keys + " changed keys, to commit",
          ROUNDS,
          WARM_UP,
          i -> {
            stats.poll();
            count(world, keys, ++round[0]);
            world.passSeconds(10);
          });
      time(
          "the same, a new bucket each time",
          ROUNDS,
          WARM_UP,
          i -> {
            stats.poll();
            count(world, keys, ++round[0]);
            world.passSeconds(300);
          });
      time("snapshot without changes", ROUNDS, WARM_UP, i -> stats.poll());
      time(
          "since boot, " + keys + " keys",
          ROUNDS,
          WARM_UP,
          i -> stats.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL));
    }
  }

  private static void count(World world, int keys, int round) {
    for (int i = 0; i < keys; i++) {
      world.datapath.count(key(1000 + i), new Traffic(1000 + i + round, 2, 100, 1));
    }
  }

  /** 90 days of 200 UIDs, one snapshot an hour. */
  private static void questions(Path directory) {
    World world = new World(directory, World.START, ZoneOffset.UTC, 16_384);
    world.config =
        world.config.withRetention(Duration.ofDays(2), Duration.ofDays(100), Duration.ofDays(999));
    try (StatsService stats = world.open()) {
      for (int hour = 0; hour < 90 * 24; hour++) {
        count(world, 200, hour);
        world.passSeconds(3600);
        stats.poll();
      }
      Instant from = World.START.plusSeconds(1234);
      ask(stats, "summary of 90 days by uid", from, world.now, Dimension.UID);
      ask(
          stats,
          "summary of 90 days by day and uid",
          from,
          world.now,
          Dimension.UID,
          Dimension.DAY);
      ask(
          stats,
          "summary of 1 day by uid",
          world.now.minusSeconds(86_400),
          world.now,
          Dimension.UID);
      history(stats, "one UID, 90 days by hour", Resolution.HOUR, UsageFilter.ofUid(1100));
      history(stats, "one UID, 90 days by day", Resolution.DAY, UsageFilter.ofUid(1100));
      history(stats, "all UIDs in one, 90 days by hour", Resolution.HOUR, UsageFilter.ALL);
      System.out.printf("%-52s %9d%n", "file, KiB", stats.status().bytes() / 1024);
    }
  }

  private static void ask(Usage usage, String what, Instant from, Instant to, Dimension... by) {
    SummaryQuery query = new SummaryQuery(from, to, Set.of(by), UsageFilter.ALL);
    time(what, ROUNDS, WARM_UP, i -> usage.summary(query));
  }

  private static void history(Usage usage, String what, Resolution resolution, UsageFilter filter) {
    HistoryQuery query = new HistoryQuery(World.LONG_AGO, World.FAR, resolution, Set.of(), filter);
    time(what, ROUNDS, WARM_UP, i -> usage.history(query));
  }

  static void time(String what, int rounds, int warmUp, IntConsumer work) {
    for (int i = 0; i < warmUp; i++) {
      work.accept(i);
    }
    long[] nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      work.accept(i);
      nanos[i] = System.nanoTime() - start;
    }
    long[] sorted = LongStream.of(nanos).sorted().toArray();
    System.out.printf(
        "%-52s %9.2f %9.2f%n",
        what, sorted[rounds / 2] / 1e6, sorted[Math.min(rounds - 1, rounds * 99 / 100)] / 1e6);
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
