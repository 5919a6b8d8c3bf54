package org.uidnet.netd.benchmark;

import static org.uidnet.netd.benchmark.Variant.ANDROID;
import static org.uidnet.netd.benchmark.Variant.EMPTY;
import static org.uidnet.netd.benchmark.Variant.NFT_COUNTERS;
import static org.uidnet.netd.benchmark.Variant.NFT_DROPS;
import static org.uidnet.netd.benchmark.Variant.NONE;
import static org.uidnet.netd.benchmark.Variant.OURS;
import static org.uidnet.netd.benchmark.Variant.OURS_ALL;
import static org.uidnet.netd.benchmark.Variant.OURS_BEFORE_TAGS;
import static org.uidnet.netd.benchmark.Variant.OURS_CHAINS;
import static org.uidnet.netd.benchmark.Variant.OURS_FOREIGN;
import static org.uidnet.netd.benchmark.Variant.SYSTEMD;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.uidnet.netd.benchmark.LiveCost.Crowd;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;

/**
 * What a packet pays for what may be on its way: by the kernel's repeat facility, and live. All of
 * it is at work at the same time, each for its own sockets, and is measured in turn.
 */
public final class ProgramCost {
  private static final int ROUNDS = 51;
  private static final int REPEAT = 200_000;
  private static final Reach NET_OF_EMPTY = Reach.atMost(50, " ns");
  private static final Reach OF_ANDROID =
      new Reach("ours / Android's ", Samples::median, 0.30, "", false);
  private static final Reach SINCE_TAGS = Reach.atMost(1.05, "");

  /** Its packets have no socket, so they are of UID 65534 and rules for others say nothing. */
  private static final List<Variant> REPEATED =
      List.of(EMPTY, OURS, OURS_BEFORE_TAGS, ANDROID, SYSTEMD);

  private static final List<Crowd> CROWDS =
      List.of(
          new Crowd("2 sockets", 1, 1, 1, false, true),
          new Crowd("200 sockets", 1, 100, 1, false, false),
          new Crowd("4,000 sockets", 1, 2_000, 1, false, true),
          new Crowd("10,000 sockets", 1, 5_000, 1, false, false),
          new Crowd("1,000 UIDs", 1, 100, 1_000, false, false),
          new Crowd("10,000 UIDs", 1, 100, 10_000, false, false),
          new Crowd("100,000 UIDs", 1, 100, Rules.MOST_UIDS, false, false),
          new Crowd("two CPUs, lo and veth in turn", 2, 1, 1, true, true));

  /** Columns of the table of runs. */
  private static final List<Variant> RUNS =
      List.of(OURS, OURS_CHAINS, OURS_ALL, OURS_FOREIGN, ANDROID, SYSTEMD);

  /** Columns of the table of datagrams. */
  private static final List<Variant> ADDED =
      Stream.of(List.of(EMPTY), RUNS, List.of(NFT_COUNTERS, NFT_DROPS))
          .flatMap(List::stream)
          .toList();

  private final Map<Variant, Variant.Place> places = new EnumMap<>(Variant.class);
  private final Report runs =
      report(
          "live, ns of a run, net of empty",
          RUNS.stream().map(Variant::title),
          Stream.of("ours / Android's"));
  private final Report datagrams =
      report(
          "ns of a datagram; then what is added",
          Stream.of(NONE.title()),
          ADDED.stream().map(Variant::title));

  private ProgramCost() {}

  /** Needs root, clang 14 and nftables. */
  public static void main(String[] args) {
    ProgramCost cost = new ProgramCost();
    try {
      for (Variant variant : Variant.values()) {
        cost.places.put(variant, variant.install());
      }
      cost.run();
    } finally {
      cost.places.values().forEach(Variant.Place::close);
    }
  }

  private void run() {
    repeated();
    CROWDS.forEach(this::live);
    runs.print();
    datagrams.print();
  }

  private void repeated() {
    Rounds egress = repeated(Hooks::egress);
    Rounds ingress = repeated(Hooks::ingress);
    Report report = Report.of("kernel's repeat facility, ns of a run", "egress", "ingress");
    for (Variant variant : REPEATED) {
      report.row(variant.title(), egress.median(variant), ingress.median(variant));
    }
    for (Variant variant : List.of(OURS, ANDROID, SYSTEMD)) {
      netOfEmpty(report, variant, egress.net(variant, EMPTY), ingress.net(variant, EMPTY));
    }
    sinceTags(report, "egress", egress);
    sinceTags(report, "ingress", ingress);
    report.print();
  }

  private static void netOfEmpty(Report report, Variant variant, double out, double in) {
    String what = variant.title() + ", net of empty";
    if (variant == OURS) {
      report.row(NET_OF_EMPTY, Math.max(out, in), what, out, in);
    } else {
      report.row(what, out, in);
    }
  }

  private static void sinceTags(Report report, String hook, Rounds rounds) {
    report.row(
        SINCE_TAGS,
        rounds.ratio(OURS, OURS_BEFORE_TAGS),
        "ours / ours before tags (533ae90), no tag set, " + hook,
        "",
        "");
  }

  private Rounds repeated(Function<Hooks, Fd> program) {
    Rounds rounds = new Rounds();
    for (int i = 0; i < ROUNDS; i++) {
      rounds.add(REPEATED, variant -> repeated(variant, program));
    }
    return rounds;
  }

  private double repeated(Variant variant, Function<Hooks, Fd> program) {
    Variant.Place place = Objects.requireNonNull(places.get(variant));
    Fd one = program.apply(place.hooks().orElseThrow());
    return place.inside(() -> repeated(one));
  }

  /** By our own clock: the kernel answers whole nanoseconds, of which one is some percent. */
  private static double repeated(Fd program) {
    long start = System.nanoTime();
    Bpf.testRun(program, packet(), REPEAT);
    return (double) (System.nanoTime() - start) / REPEAT;
  }

  private void live(Crowd crowd) {
    LiveCost cost = LiveCost.measure(places, crowd);
    Rounds run = cost.run();
    double ratio = run.netRatio(OURS, ANDROID, EMPTY);
    Object[] cells = cells(RUNS.stream().map(variant -> run.net(variant, EMPTY)), Stream.of(ratio));
    if (crowd.limited()) {
      runs.row(OF_ANDROID, ratio, crowd.name(), cells);
    } else {
      runs.row(crowd.name(), cells);
    }
    Rounds datagram = cost.datagram();
    Stream<Double> added = ADDED.stream().map(variant -> datagram.net(variant, NONE));
    datagrams.row(crowd.name(), cells(Stream.of(datagram.median(NONE)), added));
  }

  private static Report report(String what, Stream<String> first, Stream<String> then) {
    return Report.of(
        Stream.of(Stream.of(what), first, then).flatMap(one -> one).toArray(String[]::new));
  }

  private static Object[] cells(Stream<Double> first, Stream<Double> then) {
    return Stream.concat(first, then).toArray();
  }

  /** An Ethernet frame with UDP over IPv4 and 64 bytes of payload. */
  private static byte[] packet() {
    ByteBuffer frame = ByteBuffer.allocate(14 + 20 + 8 + 64);
    frame.putShort(12, (short) 0x0800);
    frame.put(14, (byte) 0x45).putShort(16, (short) 92).put(22, (byte) 64).put(23, (byte) 17);
    frame.putInt(26, 0x7f000001).putInt(30, 0x7f000001).putShort(38, (short) 72);
    return frame.array();
  }
}
