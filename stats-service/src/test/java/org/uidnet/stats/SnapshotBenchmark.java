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
import java.util.stream.Stream;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.benchmark.Stopwatch;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.SummaryQuery;

/** What a round and the usual questions cost, in the store: {@code docs/bench snapshot}. */
public final class SnapshotBenchmark {
  private static final Stopwatch ONCE = new Stopwatch(0, 1);
  private static final Stopwatch OFTEN = new Stopwatch(20, 41);

  private SnapshotBenchmark() {}

  public static void main(String[] args) throws IOException {
    Path directory = Files.createTempDirectory("uidnet-benchmark");
    try {
      snapshots(directory.resolve("a"), 10_000, Reach.medianMillis(250));
      snapshots(directory.resolve("b"), 200, Reach.medianMillis(20));
      questions(directory.resolve("c"));
    } finally {
      delete(directory);
    }
  }

  private static void snapshots(Path directory, int keys, Reach reach) {
    World world = new World(directory, World.START, ZoneOffset.UTC, 16_384);
    Report report = Report.ofTimes("%,d keys".formatted(keys));
    report.time("open a new file", ONCE.time(i -> world.open().close()));
    report.time("open a known file", new Stopwatch(0, 5).time(i -> world.open().close()));
    try (StatsService stats = world.open()) {
      report.time(
          "snapshot of %,d changed keys, to commit".formatted(keys),
          snapshots(world, stats, keys, 10),
          reach);
      report.time("the same, a new bucket each time", snapshots(world, stats, keys, 300));
      report.time("snapshot without changes", OFTEN.time(i -> stats.poll()));
      report.time(
          "since boot",
          OFTEN.time(i -> stats.sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL)));
    }
    report.print();
  }

  private static Samples snapshots(World world, StatsService stats, int keys, int seconds) {
    return OFTEN.time(
        i -> {
          count(world, keys, i);
          world.passSeconds(seconds);
        },
        i -> stats.poll());
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
      ask(stats, world.now);
    }
  }

  private static void ask(StatsService stats, Instant now) {
    Instant from = World.START.plusSeconds(1234);
    Report.ofTimes("90 days of 200 UIDs")
        .time("summary by UID", summary(stats, from, now, Dimension.UID))
        .time("summary by day and UID", summary(stats, from, now, Dimension.UID, Dimension.DAY))
        .time(
            "summary of one day by UID",
            summary(stats, now.minusSeconds(86_400), now, Dimension.UID))
        .time("one UID by hour", history(stats, Resolution.HOUR, UsageFilter.ofUid(1100)))
        .time("one UID by day", history(stats, Resolution.DAY, UsageFilter.ofUid(1100)))
        .time("all UIDs in one by hour", history(stats, Resolution.HOUR, UsageFilter.ALL))
        .print();
    System.out.printf("The file: %d KiB.%n", stats.status().bytes() / 1024);
  }

  private static Samples summary(Usage usage, Instant from, Instant to, Dimension... by) {
    SummaryQuery query = new SummaryQuery(from, to, Set.of(by), UsageFilter.ALL);
    return OFTEN.time(i -> usage.summary(query));
  }

  private static Samples history(Usage usage, Resolution resolution, UsageFilter filter) {
    HistoryQuery query = new HistoryQuery(World.LONG_AGO, World.FAR, resolution, Set.of(), filter);
    return OFTEN.time(i -> usage.history(query));
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
