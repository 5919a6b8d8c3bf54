package org.uidnet.stats;

import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.benchmark.Stopwatch;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.android.RecordingArchive;

/** What an archive of recordings, its import and questions to it cost; see RATIONALE.md. */
public final class ImportBenchmark {
  private static final Instant DAY = Instant.parse("2023-05-10T00:00:00Z");
  private static final int TIMES = 5;
  private static final Stopwatch OFTEN = new Stopwatch(200, 200);

  private ImportBenchmark() {}

  /** Takes the archive, {@code netstats-many-uids.zip}. */
  public static void main(String[] args) throws IOException {
    Path archive = Path.of(args[0]);
    Path directory = Files.createTempDirectory("uidnet-benchmark");
    try {
      for (int i = 0; i < TIMES; i++) {
        measure(directory.resolve("history" + i), archive);
      }
    } finally {
      SnapshotBenchmark.delete(directory);
    }
  }

  private static void measure(Path directory, Path archive) {
    try (StatsService stats = new World(directory).open()) {
      Report.ofTimes(archive.getFileName().toString())
          .time("import", new Stopwatch(0, 1).time(i -> importAll(stats, archive)))
          .time("import of what is known", new Stopwatch(0, 5).time(i -> importAll(stats, archive)))
          .time("all UIDs, whole recording", summary(stats, LONG_AGO, FAR))
          .time("all UIDs, 30 days", summary(stats, DAY, DAY.plusSeconds(30 * 86_400)))
          .time("all UIDs, a day", summary(stats, DAY, DAY.plusSeconds(86_400)))
          .time("one UID by its buckets", history(stats, 10_164))
          .print();
      System.out.printf("The history: %d KiB.%n", stats.status().bytes() >> 10);
    }
  }

  private static Samples summary(StatsService stats, Instant from, Instant to) {
    SummaryQuery query = new SummaryQuery(from, to, Set.of(Dimension.UID), UsageFilter.ALL);
    return OFTEN.time(i -> stats.summary(query));
  }

  private static Samples history(StatsService stats, long uid) {
    HistoryQuery query =
        new HistoryQuery(
            DAY, DAY.plusSeconds(30 * 86_400), Resolution.HOUR, Set.of(), UsageFilter.ofUid(uid));
    return OFTEN.time(i -> stats.history(query));
  }

  private static void importAll(StatsService stats, Path archive) {
    try (var stream = Files.newInputStream(archive)) {
      RecordingArchive.read(archive.toString(), stream, stats::importRecording);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
