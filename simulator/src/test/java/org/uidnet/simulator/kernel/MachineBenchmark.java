package org.uidnet.simulator.kernel;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.benchmark.Stopwatch;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** How fast the programs run in the machine: {@code docs/bench machine}. */
public final class MachineBenchmark {
  private static final int SAMPLES = 11;
  private static final int WARM_UP = 3;
  private static final int RUNS = 300_000;
  private static final Reach SPEED = Reach.atLeast(100, " million");

  private final SimulatedKernel kernel =
      SimulatedKernel.boot(
          ProgramObject.load(),
          new Limits(1024, 512, 64, 2, true),
          new UUID(1, 1),
          Instant.parse("2026-01-01T00:00:00Z"),
          () -> 1);
  private final Socket socket =
      kernel.socket(10_123, kernel.host(), Socket.AF_INET, 1, Packets.TCP);

  private MachineBenchmark() {}

  public static void main(String[] args) {
    MachineBenchmark benchmark = new MachineBenchmark();
    Report report =
        Report.of("median of " + SAMPLES, "instructions", "ns", "million instructions a second");
    benchmark.measure(report, "packet on a known route", benchmark.packet(2));
    benchmark.measure(report, "64 KB in 44 segments", benchmark.segmented());
    report.print();
  }

  private Skb packet(int ifindex) {
    return Packets.udp(socket, ifindex, 64);
  }

  private Skb segmented() {
    byte[] head = Arrays.copyOf(new byte[] {0x45, 0, 0, 0, 0, 0, 0, 0, 0, Packets.TCP}, 52);
    head[32] = (byte) 0x80; // a TCP header of 32 bytes
    return new Skb()
        .from(socket)
        .on(2)
        .carrying(Skb.IPV4, head, 52 + 44 * 1448)
        .segmented(1448, 44);
  }

  private void measure(Report report, String what, Skb skb) {
    long[] executed = new long[1];
    Samples nanos =
        new Stopwatch(WARM_UP, SAMPLES)
            .time(round -> executed[0] = kernel.instructions(), round -> run(skb));
    double instructions = (kernel.instructions() - executed[0]) / (double) RUNS;
    double nanosOfRun = nanos.median() / RUNS;
    double speed = instructions * 1000 / nanosOfRun;
    report.row(SPEED, speed, what, instructions, nanosOfRun, speed);
  }

  private void run(Skb skb) {
    for (int run = 0; run < RUNS; run++) {
      kernel.egress(skb, run & 1);
    }
  }
}
