package org.uidnet.firewall;

import static org.uidnet.firewall.World.ROOT;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * How long a change of state takes inside the module: {@code java -cp ... StateBenchmark}. The time
 * of the processor is told too, since on a busy machine the other says more about the machine.
 */
final class StateBenchmark {
  private static final int ROUNDS = 400;
  private static final int UIDS = 500;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private StateBenchmark() {}

  public static void main(String[] args) throws IOException {
    World world = new World(Files.createTempDirectory("uidnet-bench"));
    try (FirewallService firewall = world.open()) {
      flag(firewall, DeviceFlag.DEVICE_IDLE, true);
      measure("500 UIDs come and go, while the device dozes", i -> report(firewall, i));
      measure(
          "the device dozes and wakes, 500 UIDs listed",
          i -> flag(firewall, DeviceFlag.DEVICE_IDLE, i % 2 == 0));
      measure("one UID comes and goes", i -> report(firewall, i, 1));
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

  private static void measure(String what, IntConsumer step) {
    double[] elapsed = new double[ROUNDS];
    double[] processor = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      long processorStart = THREADS.getCurrentThreadCpuTime();
      step.accept(i);
      processor[i] = (THREADS.getCurrentThreadCpuTime() - processorStart) / 1e6;
      elapsed[i] = (System.nanoTime() - start) / 1e6;
    }
    System.out.printf(
        Locale.ROOT,
        "%-45s first %.1f, median %.2f, p99 %.2f ms; processor median %.2f, p99 %.2f ms%n",
        what,
        elapsed[0],
        warm(elapsed, 50),
        warm(elapsed, 99),
        warm(processor, 50),
        warm(processor, 99));
  }

  /** A percentile without the first quarter. */
  private static double warm(double[] millis, int percent) {
    double[] warm = Arrays.copyOfRange(millis, ROUNDS / 4, ROUNDS);
    Arrays.sort(warm);
    return warm[warm.length * percent / 100];
  }
}
