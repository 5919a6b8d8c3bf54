package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.uidnet.firewall.ProcessState;
import org.uidnet.netd.firewall.FirewallHost;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;

/**
 * From the request that tells of 500 UIDs' new process states, while the device dozes, to the last
 * UID's first datagram that is refused, and to the answer, which comes when the maps are right;
 * over the unix socket of a daemon in a process of its own.
 */
public final class StateLatency {
  private static final int UIDS = 500;
  private static final long LAST = FirewallHost.UID + UIDS - 1;
  private static final int WARM_UP = 300;
  private static final int ROUNDS = 300;
  private static final long REST_NANOS = Duration.ofMillis(20).toNanos();

  private final Manager manager;
  private final Sender sender;

  private StateLatency(Manager manager, Sender sender) {
    this.manager = manager;
    this.sender = sender;
  }

  /** Needs root. */
  public static void main(String[] args) throws IOException {
    try (FirewallHost host = FirewallHost.started("state");
        Sockets clients = host.clients();
        Manager manager = Manager.of(host.apiSocket())) {
      new StateLatency(manager, new Sender(host, clients, LAST)).run();
    }
  }

  private void run() throws IOException {
    manager.ask("PATCH", "/v1/device-state", "{\"deviceIdle\":true}");
    long[] came = new long[ROUNDS];
    long[] went = new long[ROUNDS];
    long[] refused = new long[ROUNDS];
    for (int i = -WARM_UP; i < ROUNDS; i++) {
      long coming = report(ProcessState.TOP);
      Leaving leaving = leave();
      if (i >= 0) {
        came[i] = coming;
        went[i] = leaving.answered;
        refused[i] = leaving.refused;
      }
    }
    Report.ofTimes("%d UIDs while the device dozes, %d times".formatted(UIDS, ROUNDS))
        .time(
            "all are cached: PUT to the last UID's first refused datagram",
            Samples.of(refused),
            Reach.medianMillis(20))
        .time("all come to the top: PUT to its answer", Samples.of(came))
        .time("all are cached: PUT to its answer, connections ended", Samples.of(went))
        .print();
  }

  /** Nanoseconds since the request was begun. */
  private record Leaving(long refused, long answered) {}

  private Leaving leave() throws IOException {
    LockSupport.parkNanos(REST_NANOS);
    sender.send();
    CompletableFuture<Long> refusal = sender.refusal();
    LockSupport.parkNanos(REST_NANOS);
    long start = System.nanoTime();
    long answered = report(ProcessState.CACHED_EMPTY);
    return new Leaving(refusal.join() - start, answered);
  }

  private long report(ProcessState state) throws IOException {
    String states =
        LongStream.rangeClosed(FirewallHost.UID, LAST)
            .mapToObj(uid -> "{\"uid\":%d,\"state\":\"%s\"}".formatted(uid, state))
            .collect(Collectors.joining(",", "{\"states\":[", "]}"));
    return manager.ask("PUT", "/v1/uids/process-states", states);
  }
}
