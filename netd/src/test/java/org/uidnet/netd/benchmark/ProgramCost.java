package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.ProgramInfo;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.object.ProgramObject;

/**
 * What a packet pays: nothing attached, an empty program, ours. By the kernel's repeat facility,
 * and live with 64-byte UDP over loopback by the kernel's program statistics. Everything is
 * interleaved and the medians are shown, since the machine is shared.
 */
public final class ProgramCost {
  private static final int ROUNDS = 9;
  private static final int PAIRED_ROUNDS = 21;
  private static final int REPEAT = 1_000_000;
  private static final int DATAGRAMS = 200_000;
  private static final int[] PAIRS = {1, 2_000};
  private static final int CGROUP_SKB = 8;
  private static final int INGRESS = 0;
  private static final int EGRESS = 1;

  private ProgramCost() {}

  /** Needs root. */
  public static void main(String[] args) throws IOException {
    try (Fd empty = empty()) {
      repeated(empty);
      live(empty);
      sinceTags(empty);
    }
  }

  private static Attached ours() {
    return new Attached(ProgramObject.load());
  }

  private static void repeated(Fd empty) {
    try (Attached ours = ours();
        Fd egress = ours.program("uidnet_egress");
        Fd ingress = ours.program("uidnet_ingress")) {
      Samples nothing = new Samples();
      Samples out = new Samples();
      Samples in = new Samples();
      for (int i = 0; i < ROUNDS; i++) {
        nothing.add(Bpf.testRun(empty, packet(), REPEAT).nanoseconds());
        out.add(Bpf.testRun(egress, packet(), REPEAT).nanoseconds());
        in.add(Bpf.testRun(ingress, packet(), REPEAT).nanoseconds());
      }
      System.out.println("kernel's repeat facility, ns a run (median of " + ROUNDS + ")");
      System.out.printf("  %-18s %6.0f%n", "empty", nothing.median());
      print("ours, egress", out.median(), nothing.median());
      print("ours, ingress", in.median(), nothing.median());
    }
  }

  private static void print(String what, double nanos, double empty) {
    System.out.printf("  %-18s %6.0f   net of empty %4.0f%n", what, nanos, nanos - empty);
  }

  private static void live(Fd empty) {
    System.out.println("live, 64-byte UDP over loopback (median of " + ROUNDS + ")");
    System.out.println(
        "  pairs   none  empty   ours ns/dgram  empty   ours ns/run, ours net of empty");
    for (int pairs : PAIRS) {
      live(empty, pairs);
    }
  }

  private static void live(Fd empty, int pairs) {
    Samples none = new Samples();
    Live withEmpty = new Live();
    Live withOurs = new Live();
    for (int i = 0; i < ROUNDS; i++) {
      try (TestCgroup cgroup = TestCgroup.create()) {
        none.add(datagrams(cgroup, pairs));
        withEmpty(empty, cgroup, pairs, withEmpty);
      }
      try (Attached ours = ours();
          Fd out = ours.program("uidnet_egress");
          Fd in = ours.program("uidnet_ingress")) {
        withOurs.measure(ours.cgroup(), pairs, out, in);
      }
    }
    System.out.printf(
        "  %5d %6.0f %6.0f %6.0f      %6.0f %6.0f %10.0f%n",
        pairs,
        none.median(),
        withEmpty.datagram.median(),
        withOurs.datagram.median(),
        withEmpty.run.median(),
        withOurs.run.median(),
        withOurs.run.median() - withEmpty.run.median());
  }

  @SuppressWarnings("try") // attached for as long as the links are open
  private static void withEmpty(Fd empty, TestCgroup cgroup, int pairs, Live live) {
    try (Fd directory = Fd.open(cgroup.path());
        Fd out = Bpf.createLink(empty, directory, EGRESS);
        Fd in = Bpf.createLink(empty, directory, INGRESS)) {
      live.measure(cgroup, pairs, empty, empty);
    }
  }

  /** Traffic with programs attached: once for the datagram's time, once for the programs'. */
  private static final class Live {
    private final Samples datagram = new Samples();
    private final Samples run = new Samples();

    void measure(TestCgroup cgroup, int pairs, Fd egress, Fd ingress) {
      datagram.add(datagrams(cgroup, pairs));
      run.add(run(cgroup, pairs, egress, ingress));
    }
  }

  /** Nanoseconds of a program's run, by the kernel's own clock. */
  @SuppressWarnings("try") // timed for as long as the descriptor is open
  private static double run(TestCgroup cgroup, int pairs, Fd egress, Fd ingress) {
    try (Fd timing = Bpf.timeRuns()) {
      ProgramInfo outBefore = Bpf.programInfo(egress);
      ProgramInfo inBefore = Bpf.programInfo(ingress);
      timed(cgroup, pairs, pairs + DATAGRAMS);
      return (perRun(outBefore, Bpf.programInfo(egress))
              + perRun(inBefore, Bpf.programInfo(ingress)))
          / 2;
    }
  }

  private static double perRun(ProgramInfo before, ProgramInfo after) {
    return (double) (after.runNanoseconds() - before.runNanoseconds())
        / (after.runs() - before.runs());
  }

  /** Nanoseconds a datagram, the process's start taken out by a second, short run. */
  private static double datagrams(TestCgroup cgroup, int pairs) {
    long few = timed(cgroup, pairs, pairs);
    long many = timed(cgroup, pairs, pairs + DATAGRAMS);
    return (double) (many - few) / DATAGRAMS;
  }

  private static long timed(TestCgroup cgroup, int pairs, int datagrams) {
    long start = System.nanoTime();
    Traffic.in(cgroup.path()).as(10123).run("udp-pairs", pairs, datagrams);
    return System.nanoTime() - start;
  }

  /**
   * What a packet pays that no tag concerns, against the programs as they were before there were
   * tags and traces: both are attached all the time, and each round measures one right after the
   * other.
   */
  private static void sinceTags(Fd empty) throws IOException {
    try (Attached before = new Attached(beforeTags());
        Attached now = ours()) {
      System.out.println(
          "untagged, against the programs before tags (533ae90; median of "
              + PAIRED_ROUNDS
              + " ratios; reach 1.05)");
      repeatedAgain("egress", empty, before, now);
      repeatedAgain("ingress", empty, before, now);
      liveAgain(before, now);
    }
  }

  private static ProgramObject beforeTags() throws IOException {
    try (InputStream in = ProgramCost.class.getResourceAsStream("/uidnet-before-tags.bpf.o")) {
      return ProgramObject.parse(Objects.requireNonNull(in).readAllBytes());
    }
  }

  private static void repeatedAgain(String hook, Fd empty, Attached before, Attached now) {
    Samples whole = new Samples();
    Samples net = new Samples();
    try (Fd old = before.program("uidnet_" + hook);
        Fd present = now.program("uidnet_" + hook)) {
      for (int i = 0; i < PAIRED_ROUNDS; i++) {
        double nothing = repeated(empty, REPEAT);
        Pair pair = Pair.of(i, () -> repeated(old, REPEAT), () -> repeated(present, REPEAT));
        whole.add(pair.now() / pair.before());
        net.add((pair.now() - nothing) / (pair.before() - nothing));
      }
    }
    printRatio("repeated, " + hook, whole.median());
    printRatio("the same net of empty", net.median());
  }

  /** By our own clock: the kernel answers whole nanoseconds, of which one is some percent. */
  private static double repeated(Fd program, int repeat) {
    long start = System.nanoTime();
    Bpf.testRun(program, packet(), repeat);
    return (double) (System.nanoTime() - start) / repeat;
  }

  private static void liveAgain(Attached before, Attached now) {
    Samples ratios = new Samples();
    try (Fd oldOut = before.program("uidnet_egress");
        Fd oldIn = before.program("uidnet_ingress");
        Fd out = now.program("uidnet_egress");
        Fd in = now.program("uidnet_ingress")) {
      for (int i = 0; i < PAIRED_ROUNDS; i++) {
        Pair pair =
            Pair.of(
                i,
                () -> run(before.cgroup(), 1, oldOut, oldIn),
                () -> run(now.cgroup(), 1, out, in));
        ratios.add(pair.now() / pair.before());
      }
    }
    printRatio("live, 1 pair", ratios.median());
  }

  private static void printRatio(String what, double ratio) {
    System.out.printf("  %-24s %6.3f%n", what, ratio);
  }

  /** Two measurements, one right after the other. */
  private record Pair(double before, double now) {
    /** Each goes first every other time. */
    static Pair of(int round, DoubleSupplier before, DoubleSupplier now) {
      if (round % 2 == 0) {
        double first = before.getAsDouble();
        return new Pair(first, now.getAsDouble());
      }
      double first = now.getAsDouble();
      return new Pair(before.getAsDouble(), first);
    }
  }

  private static Fd empty() {
    ByteBuffer code = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    code.putLong(0x0000_0001_0000_00b7L).putLong(0x95); // r0 = 1; exit
    return Bpf.load(new Bpf.NewProgram("empty", CGROUP_SKB, EGRESS, "Apache-2.0"), code.array());
  }

  /** An Ethernet frame with UDP over IPv4 and 64 bytes of payload. */
  private static byte[] packet() {
    ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + 64);
    frame.putShort(12, (short) 0x0800);
    frame.put(14, (byte) 0x45).putShort(16, (short) 92).put(22, (byte) 64).put(23, (byte) 17);
    frame.putInt(26, 0x7f000001).putInt(30, 0x7f000001).putShort(38, (short) 72);
    return frame.array();
  }

  private static final class Samples {
    private final List<Double> values = new ArrayList<>();

    void add(double value) {
      values.add(value);
    }

    double median() {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return sorted[sorted.length / 2];
    }
  }
}
