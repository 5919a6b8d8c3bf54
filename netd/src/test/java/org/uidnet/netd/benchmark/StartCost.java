package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;

/**
 * What a daemon costs that has nothing to do: its start until it answers, and then, while it polls
 * every ten seconds, its memory and the processor's time.
 */
public final class StartCost {
  private static final int STARTS = 9;
  private static final Duration SETTLING = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(60);
  private static final double MILLIS_PER_TICK = 10; // USER_HZ is 100 wherever Linux runs

  private StartCost() {}

  /** Needs root, and that {@code ./uidnet} is built. */
  public static void main(String[] args) throws IOException {
    TemporaryDirectory.with(StartCost::measure);
  }

  private static void measure(Path directory) throws IOException {
    starts(directory);
    try (LaunchedDaemon daemon = LaunchedDaemon.start(directory.resolve("idle"))) {
      idle(daemon);
    }
  }

  private static void starts(Path directory) throws IOException {
    Samples nanos = new Samples();
    for (int i = 0; i < STARTS; i++) {
      try (LaunchedDaemon daemon = LaunchedDaemon.start(directory.resolve("start" + i))) {
        nanos.add(daemon.nanosToFirstAnswer());
      }
    }
    Report.ofTimes(STARTS + " starts")
        .time("launcher to first HTTP answer, class archive", nanos, Reach.medianMillis(1000))
        .print();
  }

  private static void idle(LaunchedDaemon daemon) throws IOException {
    try (Manager manager = daemon.manager()) {
      manager.ask("GET", "/v1/usage/summary?from=-1d&by=uid", "");
    }
    LockSupport.parkNanos(SETTLING.toNanos());
    double before = processorMillis(daemon.pid());
    LockSupport.parkNanos(IDLE.toNanos());
    double percent = (processorMillis(daemon.pid()) - before) * 100 / IDLE.toMillis();
    double resident = megabytes(daemon.pid(), line -> line.startsWith("Rss:"));
    double own = megabytes(daemon.pid(), line -> line.startsWith("Private_Dirty:"));
    Report.of("idle for " + IDLE.toSeconds() + " s, after a summary", "")
        .row(Reach.atMost(110, " MB"), resident, "resident memory, MB", resident)
        .row("of it written by the daemon, MB", own)
        .row(Reach.atMost(0.3, " %"), percent, "processor, % of a core", percent)
        .print();
  }

  /** User and system time are the 14th and 15th field; the second is in brackets. */
  private static double processorMillis(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MILLIS_PER_TICK;
  }

  private static double megabytes(long pid, Predicate<String> which) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines.filter(which).mapToLong(StartCost::kibibytes).sum() * 1024 / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long kibibytes(String line) {
    return Long.parseLong(line.replaceAll("[^0-9]", ""));
  }
}
