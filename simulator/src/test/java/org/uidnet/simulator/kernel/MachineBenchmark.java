package org.uidnet.simulator.kernel;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** How fast the programs run in the machine: {@code docs/bench machine}. */
public final class MachineBenchmark {
  private static final int SAMPLES = 15;
  private static final int WARM_UP = 5;
  private static final int RUNS = 500_000;

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
    System.out.printf(
        "%-44s %12s %8s %18s%n", "median of " + SAMPLES, "instructions", "ns", "million a second");
    benchmark.measure("packet on a known route", benchmark.packet(2));
    benchmark.measure("64 KB in 44 segments", benchmark.segmented());
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

  private void measure(String what, Skb skb) {
    double[] nanos = new double[SAMPLES];
    double instructions = 0;
    for (int i = -WARM_UP; i < SAMPLES; i++) {
      long executed = kernel.instructions();
      long start = System.nanoTime();
      for (int run = 0; run < RUNS; run++) {
        kernel.egress(skb, run & 1);
      }
      double took = System.nanoTime() - start;
      instructions = (kernel.instructions() - executed) / (double) RUNS;
      if (i >= 0) {
        nanos[i] = took / RUNS;
      }
    }
    Arrays.sort(nanos);
    double median = nanos[SAMPLES / 2];
    System.out.printf(
        "%-44s %12.0f %8.0f %18.0f%n", what, instructions, median, instructions * 1000 / median);
  }
}
