package org.uidnet.netd.benchmark;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.uidnet.netd.testing.Traffic;

/**
 * What variants take of 64-byte datagrams over loopback. Each variant has a process of its own that
 * keeps its sockets; these send in turn.
 */
final class LiveCost {
  private static final int ROUNDS = 41;

  /** Short, so that little else happens meanwhile. */
  private static final int BURST = 4_000;

  private final Rounds datagram = new Rounds();
  private final Rounds run = new Rounds();

  /**
   * Whose datagrams.
   *
   * @param processes that send at the same time
   * @param pairs of sockets of each process
   * @param uids that the datagrams belong to, one after the other
   * @param away whether every second datagram leaves over another interface
   * @param limited whether there is a limit to what we may take of it
   */
  record Crowd(String name, int processes, int pairs, int uids, boolean away, boolean limited) {}

  private LiveCost() {}

  static LiveCost measure(Map<Variant, Variant.Place> places, Crowd crowd) {
    LiveCost cost = new LiveCost();
    Map<Variant, Senders> senders = new EnumMap<>(Variant.class);
    try {
      places.forEach((variant, place) -> senders.put(variant, new Senders(place, crowd)));
      cost.measure(senders);
      return cost;
    } finally {
      senders.values().forEach(Senders::close);
    }
  }

  private void measure(Map<Variant, Senders> senders) {
    List<Variant> all = List.copyOf(senders.keySet());
    List<Variant> programs =
        all.stream().filter(variant -> senders.get(variant).hooks.isPresent()).toList();
    for (int i = 0; i < ROUNDS; i++) {
      datagram.add(all, variant -> senders.get(variant).send(BURST));
      run.add(programs, variant -> senders.get(variant).sendTimed(BURST));
    }
  }

  /** Nanoseconds of a datagram, all that its way takes. */
  Rounds datagram() {
    return datagram;
  }

  /** Nanoseconds of a program's run, by the kernel's clock, which times the timing, too. */
  Rounds run() {
    return run;
  }

  /** The processes of one variant. */
  private static final class Senders implements AutoCloseable {
    private final List<Traffic.Server> processes = new ArrayList<>();
    private final Optional<Hooks> hooks;

    Senders(Variant.Place place, Crowd crowd) {
      hooks = place.hooks();
      for (int i = 0; i < crowd.processes(); i++) {
        processes.add(process(place, crowd));
      }
      send(Math.max(2 * Math.max(crowd.pairs(), crowd.uids()), BURST)); // routes are known then
    }

    private static Traffic.Server process(Variant.Place place, Crowd crowd) {
      List<Object> command = new ArrayList<>();
      command.addAll(List.of("udp-bursts", crowd.pairs(), Rules.FIRST_UID, crowd.uids()));
      if (crowd.away()) {
        command.add(place.pair().serverAddress(false));
      }
      return place.traffic().serve(command.toArray());
    }

    /** Answers nanoseconds of a datagram. */
    double send(int datagrams) {
      List<CompletableFuture<Double>> times =
          processes.stream()
              .map(process -> CompletableFuture.supplyAsync(() -> send(process, datagrams)))
              .toList();
      return times.stream().mapToDouble(CompletableFuture::join).average().orElseThrow();
    }

    private static double send(Traffic.Server process, int datagrams) {
      return Double.parseDouble(process.ask(Integer.toString(datagrams))) / datagrams;
    }

    /** Answers nanoseconds of a run of a program. */
    double sendTimed(int datagrams) {
      return hooks.orElseThrow().nanosOfRun(() -> send(datagrams));
    }

    @Override
    public void close() {
      processes.forEach(Traffic.Server::close);
    }
  }
}
