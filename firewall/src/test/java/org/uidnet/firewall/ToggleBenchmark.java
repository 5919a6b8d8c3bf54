package org.uidnet.firewall;

import static org.uidnet.firewall.World.ROOT;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How long a change takes inside the module, and how much garbage its thread makes: {@code java -cp
 * ... ToggleBenchmark}.
 */
final class ToggleBenchmark {
  private static final int ROUNDS = 400;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private ToggleBenchmark() {}

  public static void main(String[] args) throws IOException {
    World world = new World(Files.createTempDirectory("uidnet-bench"));
    try (FirewallService firewall = world.open()) {
      Set<Long> uids = LongStream.range(10_000, 20_000).boxed().collect(Collectors.toSet());
      firewall.replaceUids("dozable", uids, ROOT);
      measure("switch a chain of 10,000", i -> firewall.setEnabled("dozable", i % 2 == 0, ROOT));
      measure(
          "one UID's rule",
          i ->
              firewall.setRule(
                  "oem-deny-1",
                  10_123,
                  i % 2 == 0 ? Rule.DENY : Rule.ALLOW,
                  java.util.Optional.empty(),
                  ROOT));
      Set<Long> others = LongStream.range(15_000, 25_000).boxed().collect(Collectors.toSet());
      measure(
          "replace 10,000 by 10,000 (half the same)",
          i -> firewall.replaceUids("dozable", i % 2 == 0 ? others : uids, ROOT));
      measure("verdict", i -> firewall.verdict(10_000 + i, Question.NOW));
      measure("round", i -> firewall.round());
    }
  }

  private interface Step {
    void run(int i);
  }

  private static void measure(String what, Step step) {
    double[] millis = new double[ROUNDS];
    long allocated = 0;
    for (int i = 0; i < ROUNDS; i++) {
      if (i == ROUNDS / 4) {
        allocated = THREADS.getCurrentThreadAllocatedBytes();
      }
      long start = System.nanoTime();
      step.run(i);
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    long bytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    double first = millis[0];
    double[] warm = Arrays.copyOfRange(millis, ROUNDS / 4, ROUNDS);
    Arrays.sort(warm);
    System.out.printf(
        Locale.ROOT,
        "%-45s first %.1f, median %.2f, p99 %.2f ms; %.1f KiB of garbage%n",
        what,
        first,
        warm[warm.length / 2],
        warm[warm.length * 99 / 100],
        bytes / 1024.0 / warm.length);
  }
}
