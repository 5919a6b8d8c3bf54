package org.uidnet.simulator.kernel;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;

/** How fast the programs run in the machine: {@code docs/bench machine}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class MachineBenchmark {
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
  private final Skb single = Packets.udp(socket, 2, 64);
  private final Skb segmented = segmented();
  private int cpu;

  private Skb segmented() {
    byte[] head = Arrays.copyOf(new byte[] {0x45, 0, 0, 0, 0, 0, 0, 0, 0, Packets.TCP}, 52);
    head[32] = (byte) 0x80; // a TCP header of 32 bytes
    return new Skb()
        .from(socket)
        .on(2)
        .carrying(Skb.IPV4, head, 52 + 44 * 1448)
        .segmented(1448, 44);
  }

  @Benchmark
  public boolean packet() {
    return pass(single);
  }

  @Benchmark
  public boolean segments() {
    return pass(segmented);
  }

  private boolean pass(Skb skb) {
    cpu ^= 1;
    return kernel.egress(skb, cpu);
  }

  /** How many instructions a packet takes whose route is known. */
  private long instructions(Skb skb) {
    pass(skb);
    pass(skb);
    long before = kernel.instructions();
    pass(skb);
    return kernel.instructions() - before;
  }

  public static void main(String[] args) throws RunnerException {
    MachineBenchmark machine = new MachineBenchmark();
    Report report =
        Report.of(
            "median of 15 s in 3 processes", "instructions", "ns", "million instructions a second");
    add(report, "packet on a known route", "packet", machine.instructions(machine.single));
    add(report, "64 KB in 44 segments", "segments", machine.instructions(machine.segmented));
    report.print();
  }

  private static void add(Report report, String what, String method, long instructions)
      throws RunnerException {
    double nanos = nanos(method);
    double speed = instructions * 1000 / nanos;
    report.row(SPEED, speed, what, instructions, nanos, speed);
  }

  private static double nanos(String method) throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(MachineBenchmark.class.getName() + "." + method + "$")
            .verbosity(VerboseMode.SILENT)
            .build();
    RunResult result = new Runner(options).runSingle();
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }
}
