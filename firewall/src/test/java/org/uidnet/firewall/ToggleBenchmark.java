package org.uidnet.firewall;

import static org.uidnet.firewall.World.ROOT;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.benchmark.Stopwatch;

/**
 * How long a change takes inside the module, and how much garbage its thread makes: {@code
 * docs/bench toggle}.
 */
final class ToggleBenchmark {
  private static final Stopwatch TIMES = new Stopwatch(100, 300);
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ToggleBenchmark() {}

  public static void main(String[] args) throws IOException {
    World world = new World(Files.createTempDirectory("uidnet-bench"));
    try (FirewallService firewall = world.open()) {
      Report report = Report.of("inside the module", "median ms", "p99 ms", "KiB of garbage");
      Set<Long> uids = LongStream.range(10_000, 20_000).boxed().collect(Collectors.toSet());
      firewall.replaceUids("dozable", uids, ROOT);
      measure(
          report,
          "switch a chain of 10,000",
          i -> firewall.setEnabled("dozable", i % 2 == 0, ROOT));
      measure(
          report,
          "one UID's rule",
          i ->
              firewall.setRule(
                  "oem-deny-1",
                  10_123,
                  i % 2 == 0 ? Rule.DENY : Rule.ALLOW,
                  Optional.empty(),
                  ROOT));
      Set<Long> others = LongStream.range(15_000, 25_000).boxed().collect(Collectors.toSet());
      measure(
          report,
          "replace 10,000 by 10,000 (half the same)",
          i -> firewall.replaceUids("dozable", i % 2 == 0 ? others : uids, ROOT));
      measure(report, "verdict", i -> firewall.verdict(10_000 + i, Question.NOW));
      measure(report, "round", i -> firewall.round());
      report.print();
    }
  }

  private static void measure(Report report, String what, IntConsumer step) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    Samples nanos = TIMES.time(step);
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
    report.row(
        what,
        nanos.median() / 1e6,
        nanos.percentile(99) / 1e6,
        bytes / 1024.0 / (TIMES.warmUp() + TIMES.rounds()));
  }
}
