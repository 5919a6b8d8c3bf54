package org.uidnet.stats;

import static org.uidnet.stats.World.key;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.Set;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Stopwatch;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.SummaryQuery;

/**
 * How much disk years of 200 UIDs take that are busy each hour, and how long questions to the last
 * 90 days of them. Arguments: an empty directory, days, and for how many days hours are kept. The
 * history ends now, so that a daemon can go on with it.
 */
public final class HistoryBenchmark {
  private static final int UIDS = 200;
  private static final int FIRST_UID = 10_000;
  private static final Duration FINE = Duration.ofDays(2);
  private static final long SEED = 1;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 300;

  private final Random random = new Random(SEED);
  private final int days;
  private final World world;
  private final Instant end;
  private final StatsConfig config;

  private HistoryBenchmark(Path directory, int days, int keepHours) {
    this.days = days;
    end = Instant.now().truncatedTo(ChronoUnit.HOURS);
    world = new World(directory, end.minus(Duration.ofDays(days)), ZoneOffset.UTC, 1024);
    config =
        world.config.withRetention(FINE, Duration.ofDays(keepHours), Duration.ofDays(3 * 365 + 1));
  }

  public static void main(String[] args) {
    new HistoryBenchmark(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]))
        .run();
  }

  private void run() {
    if (!Files.exists(config.file())) {
      make();
    }
    world.config = config;
    try (StatsService stats = world.open()) {
      ask(stats);
    }
  }

  private void make() {
    world.config = config.withRetention(Duration.ZERO, config.keepHours(), config.keepDays());
    live(end.minus(FINE), Duration.ofHours(1));
    world.config = config;
    live(end, Duration.ofMinutes(5));
  }

  private void live(Instant until, Duration pause) {
    try (StatsService stats = world.open()) {
      while (world.now.isBefore(until)) {
        world.pass(pause);
        countAll();
        stats.poll();
      }
    }
  }

  /** From some hundred bytes to some MB, as people use their hosts. */
  private void countAll() {
    for (int i = 0; i < UIDS; i++) {
      long bytes = (long) Math.exp(6 + 8 * random.nextDouble());
      Traffic traffic = new Traffic(bytes, 1 + bytes / 1200, bytes / 9, 1 + bytes / 4000);
      world.datapath.count(key(FIRST_UID + i), traffic);
    }
  }

  private void ask(StatsService stats) {
    Instant from = end.minus(Duration.ofDays(90));
    SummaryQuery summary = new SummaryQuery(from, end, Set.of(Dimension.UID), UsageFilter.ALL);
    HistoryQuery history =
        new HistoryQuery(
            from, end, Resolution.HOUR, Set.of(), UsageFilter.ofUid(FIRST_UID + UIDS / 2));
    Stopwatch stopwatch = new Stopwatch(WARM_UP, ROUNDS);
    Report.ofTimes("the last 90 days, in the store")
        .time("all UIDs", stopwatch.time(round -> stats.summary(summary)))
        .time("one UID by hour", stopwatch.time(round -> stats.history(history)))
        .print();
    double megabytes = stats.status().bytes() / 1e6;
    Report.of("the file", "MB")
        .row(Reach.atMost(200, " MB"), megabytes, days + " days of " + UIDS + " UIDs", megabytes)
        .print();
  }
}
