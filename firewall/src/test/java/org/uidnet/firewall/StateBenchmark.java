package org.uidnet.firewall;

import static org.uidnet.firewall.World.ROOT;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.benchmark.Stopwatch;

/**
 * How long a change of state takes inside the module: {@code docs/bench state}. The time of the
 * processor is told too, since on a busy machine the other says more about the machine.
 */
final class StateBenchmark {
  private static final Stopwatch TIMES = new Stopwatch(100, 300);
  private static final int UIDS = 500;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StateBenchmark() {}

  public static void main(String[] args) throws IOException {
    World world = new World(Files.createTempDirectory("uidnet-bench"));
    try (FirewallService firewall = world.open()) {
      Report report =
          Report.of(
              "inside the module",
              "median ms",
              "p99 ms",
              "processor median ms",
              "processor p99 ms");
      flag(firewall, DeviceFlag.DEVICE_IDLE, true);
      measure(report, "500 UIDs come and go, while the device dozes", i -> report(firewall, i));
      measure(
          report,
          "the device dozes and wakes, 500 UIDs listed",
          i -> flag(firewall, DeviceFlag.DEVICE_IDLE, i % 2 == 0));
      measure(report, "one UID comes and goes", i -> report(firewall, i, 1));
      report.print();
    }
  }

  private static void flag(Firewall firewall, DeviceFlag flag, boolean on) {
    firewall.update(Setting.Device.class, before -> before.with(flag, on), ROOT);
  }

  private static void report(Firewall firewall, int round) {
    report(firewall, round, UIDS);
  }

  private static void report(Firewall firewall, int round, int uids) {
    ProcessState state = round % 2 == 0 ? ProcessState.TOP : ProcessState.CACHED_EMPTY;
    Map<Long, ProcessReport> reports = new TreeMap<>();
    for (long uid = 10_000; uid < 10_000 + uids; uid++) {
      reports.put(uid, new ProcessReport(state, Set.of(), Optional.empty()));
    }
    firewall.reportProcesses(reports, ROOT.by());
  }

  private static void measure(Report report, String what, IntConsumer step) {
    Samples processor = new Samples();
    Samples nanos =
        TIMES.time(
            round -> {
              long before = THREADS.getCurrentThreadCpuTime();
              step.accept(round);
              if (round >= TIMES.warmUp()) {
                processor.add(THREADS.getCurrentThreadCpuTime() - before);
              }
            });
    report.row(
        what,
        nanos.median() / 1e6,
        nanos.percentile(99) / 1e6,
        processor.median() / 1e6,
        processor.percentile(99) / 1e6);
  }
}
