package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;

/**
 * How long questions to 90 days of 200 UIDs take over the unix socket of a daemon. Argument: a
 * directory with what {@code HistoryBenchmark} of stats-service made. Nothing is cached between two
 * questions.
 */
public final class HistoryQuestions {
  private HistoryQuestions() {}

  /** Needs root. */
  public static void main(String[] args) throws IOException {
    try (LaunchedDaemon daemon = LaunchedDaemon.start(Path.of(args[0]));
        Manager manager = daemon.manager()) {
      Report.ofTimes("the last 90 days, over HTTP")
          .time(
              "all UIDs", manager.times("/v1/usage/summary?from=-90d&by=uid"), Reach.p99Millis(50))
          .time(
              "one UID by hour",
              manager.times("/v1/usage/history?from=-90d&resolution=1h&uid=10100"),
              Reach.p99Millis(10))
          .time("a request for nothing", manager.times("/v1/health"))
          .print();
    }
  }
}
