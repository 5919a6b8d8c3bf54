package org.uidnet.netd.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;

/**
 * What iperf3 carries with and without: over loopback and over a veth pair, TCP as much as goes and
 * UDP in datagrams of 64 bytes. Sender and receiver are both in the variant's cgroup.
 */
public final class Throughput {
  private static final int ROUNDS = 7;
  private static final Reach OF_NOTHING = Reach.atLeast(0.98, "");
  private static final List<Variant> OTHERS =
      List.of(
          Variant.OURS, Variant.ANDROID, Variant.SYSTEMD, Variant.NFT_COUNTERS, Variant.NFT_DROPS);

  private final Map<Variant, Variant.Place> places = new EnumMap<>(Variant.class);
  private final Report report = Report.of(titles());

  private Throughput() {}

  /** Needs root, clang 14, nftables and iperf3. */
  public static void main(String[] args) {
    Throughput throughput = new Throughput();
    try {
      throughput.install(Variant.NONE);
      OTHERS.forEach(throughput::install);
      throughput.run();
    } finally {
      throughput.places.values().forEach(Variant.Place::close);
    }
  }

  private void install(Variant variant) {
    places.put(variant, variant.install());
  }

  private void run() {
    for (Iperf.Protocol protocol : Iperf.Protocol.values()) {
      row(protocol, "loopback", true);
      row(protocol, "veth", false);
    }
    report.print();
  }

  private void row(Iperf.Protocol protocol, String over, boolean loopback) {
    Rounds rounds = measure(protocol, loopback);
    List<Object> cells = new ArrayList<>();
    cells.add(rounds.median(Variant.NONE) / protocol.unit());
    OTHERS.forEach(variant -> cells.add(rounds.ratio(variant, Variant.NONE)));
    report.row(
        OF_NOTHING,
        rounds.ratio(Variant.OURS, Variant.NONE),
        protocol.title() + " over " + over,
        cells.toArray());
  }

  private Rounds measure(Iperf.Protocol protocol, boolean loopback) {
    Map<Variant, Iperf> all = new EnumMap<>(Variant.class);
    try {
      places.forEach((variant, place) -> all.put(variant, Iperf.served(place, loopback)));
      Rounds rounds = new Rounds();
      for (int i = 0; i < ROUNDS; i++) {
        rounds.add(List.copyOf(all.keySet()), variant -> all.get(variant).measure(protocol));
      }
      return rounds;
    } finally {
      all.values().forEach(Iperf::close);
    }
  }

  private static String[] titles() {
    List<String> titles =
        new ArrayList<>(List.of("a second; then the ratio to it", Variant.NONE.title()));
    OTHERS.forEach(variant -> titles.add(variant.title()));
    return titles.toArray(String[]::new);
  }
}
