package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.recordings.RecordingFiles;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;

/**
 * A phone's recording, into daemons that have just been started, and questions to it over the unix
 * socket. Argument: the archive {@code netstats-many-uids.zip}, 84,801 rows of 189 UIDs.
 */
public final class ImportCost {
  private static final int IMPORTS = 5;
  private static final String MONTH = "from=2023-05-10T00:00:00Z&to=2023-06-09T00:00:00Z";
  private static final String DAY = "from=2023-05-10T00:00:00Z&to=2023-05-11T00:00:00Z";
  private static final String WHOLE = "from=2000-01-01T00:00:00Z";

  private ImportCost() {}

  /** Needs root, and that {@code ./uidnet} is built. */
  public static void main(String[] args) throws IOException {
    TemporaryDirectory.with(directory -> measure(directory, Path.of(args[0])));
  }

  private static void measure(Path directory, Path archive) throws IOException {
    Report report = Report.ofTimes("over HTTP");
    Samples imports = new Samples();
    for (int i = 1; i < IMPORTS; i++) {
      try (LaunchedDaemon daemon = LaunchedDaemon.start(directory.resolve("import" + i))) {
        imports.add(importAll(daemon.client(), archive));
      }
    }
    try (LaunchedDaemon daemon = LaunchedDaemon.start(directory.resolve("questions"))) {
      imports.add(importAll(daemon.client(), archive));
      report.time("import, the daemon's first work", imports, Reach.medianMillis(1000));
      ask(report, daemon);
    }
    report.print();
  }

  private static void ask(Report report, LaunchedDaemon daemon) throws IOException {
    try (Manager manager = daemon.manager()) {
      report
          .time("all UIDs, whole recording", summary(manager, WHOLE), Reach.medianMillis(12))
          .time("all UIDs, 30 days", summary(manager, MONTH), Reach.medianMillis(6))
          .time("all UIDs, a day", summary(manager, DAY), Reach.medianMillis(3))
          .time(
              "one UID by hour, 30 days",
              manager.times("/v1/usage/history?resolution=1h&uid=10164&" + MONTH),
              Reach.medianMillis(3))
          .time("a request for nothing", manager.times("/v1/health"));
    }
  }

  private static Samples summary(Manager manager, String time) {
    return manager.times("/v1/usage/summary?by=uid&" + time);
  }

  /** Answers the nanoseconds of the requests; the archive is unpacked on the side of the client. */
  private static long importAll(UidnetClient client, Path archive) throws IOException {
    RecordingFiles files = RecordingFiles.in(archive);
    long start = System.nanoTime();
    files.forEach((path, name, content) -> client.send(ApiRequest.importRecording(name, content)));
    return System.nanoTime() - start;
  }
}
