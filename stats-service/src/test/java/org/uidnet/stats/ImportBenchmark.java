package org.uidnet.stats;

import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.uidnet.stats.Usage.HistoryQuery;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.android.RecordingArchive;

/** What an archive of recordings, its import and questions to it cost; see RATIONALE.md. */
public final class ImportBenchmark {
  private static final Instant DAY = Instant.parse("2023-05-10T00:00:00Z");

  private ImportBenchmark() {}

  /** Takes the archive, {@code netstats-many-uids.zip}. */
  public static void main(String[] args) throws IOException {
    Path archive = Path.of(args[0]);
    Path directory = Files.createTempDirectory("uidnet-benchmark");
    try {
      System.out.printf("%-52s %9s %9s%n", "what", "median ms", "p99 ms");
      for (int i = 0; i < 5; i++) {
        measure(directory.resolve("history" + i), archive);
      }
    } finally {
      SnapshotBenchmark.delete(directory);
    }
  }

  private static void measure(Path directory, Path archive) {
    try (StatsService stats = new World(directory).open()) {
      SnapshotBenchmark.time("import", 1, 0, i -> importAll(stats, archive));
      SnapshotBenchmark.time("import of what is known", 5, 0, i -> importAll(stats, archive));
      ask("all UIDs, whole recording", stats, LONG_AGO, FAR);
      ask("all UIDs, 30 days", stats, DAY, DAY.plusSeconds(30 * 86_400));
      ask("all UIDs, a day", stats, DAY, DAY.plusSeconds(86_400));
      SnapshotBenchmark.time("one UID by its buckets", 200, 200, i -> history(stats, 10_164));
      System.out.printf("%-52s %9d%n", "KiB of history", stats.status().bytes() >> 10);
    }
  }

  private static void ask(String what, StatsService stats, Instant from, Instant to) {
    SummaryQuery query = new SummaryQuery(from, to, Set.of(Dimension.UID), UsageFilter.ALL);
    SnapshotBenchmark.time(what, 200, 200, i -> stats.summary(query));
  }

  private static void history(StatsService stats, long uid) {
    stats.history(
        new HistoryQuery(
            DAY, DAY.plusSeconds(30 * 86_400), Resolution.HOUR, Set.of(), UsageFilter.ofUid(uid)));
  }

  private static void importAll(StatsService stats, Path archive) {
    try (var stream = Files.newInputStream(archive)) {
      RecordingArchive.read(archive.toString(), stream, stats::importRecording);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
