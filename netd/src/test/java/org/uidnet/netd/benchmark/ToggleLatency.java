package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.HostBoot;
import org.uidnet.netd.daemon.KernelPlatform;
import org.uidnet.netd.firewall.FirewallHost;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.benchmark.Reach;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;
import org.uidnet.programs.layout.Control;
import org.uidnet.programs.layout.Layouts;

/**
 * From the request that enables a chain of 10,000 UIDs to the first datagram that is refused, over
 * the unix socket of a daemon in a process of its own, by a manager that keeps its connection; and
 * the store that does it.
 */
public final class ToggleLatency {
  private static final String CHAIN = "standby";
  private static final int UIDS = 10_000;

  /** A daemon runs for weeks; what its first change takes is told apart. */
  private static final int WARM_UP = 700;

  private static final int TOGGLES = 300;
  private static final int STORES = 1_000_000;

  private static final long REST_NANOS = Duration.ofMillis(10).toNanos();

  private final FirewallHost host;
  private final Sender sender;
  private final Manager manager;

  private ToggleLatency(FirewallHost host, Sockets clients, Manager manager) {
    this.host = host;
    this.manager = manager;
    sender = new Sender(host, clients, FirewallHost.UID);
  }

  /** Needs root. */
  public static void main(String[] args) throws IOException {
    try (FirewallHost host = FirewallHost.started("toggle");
        Sockets clients = host.clients();
        Manager manager = Manager.of(host.apiSocket())) {
      new ToggleLatency(host, clients, manager).run();
    }
    store();
  }

  private void run() throws IOException {
    long first = FirewallHost.UID;
    List<Long> uids = LongStream.range(first, first + UIDS).boxed().toList();
    host.send(ApiRequest.replaceUids(CHAIN, uids));
    long[] refused = new long[TOGGLES];
    long[] answered = new long[TOGGLES];
    long[] nothing = new long[TOGGLES];
    for (int i = -WARM_UP; i < TOGGLES; i++) {
      Toggle toggle = toggle();
      if (i == -WARM_UP) {
        System.out.printf("The daemon's first switch took %.1f ms.%n", toggle.refused / 1e6);
      } else if (i >= 0) {
        refused[i] = toggle.refused;
        answered[i] = toggle.answered;
        nothing[i] = health();
      }
    }
    Report.ofTimes("a chain of %,d UIDs, %d times".formatted(UIDS, TOGGLES))
        .time("PUT to the first refused datagram", Samples.of(refused), Reach.p99Millis(5))
        .time("PUT to its answer, connections ended", Samples.of(answered))
        .time("a request for nothing", Samples.of(nothing))
        .print();
  }

  private long health() throws IOException {
    return manager.ask("GET", "/v1/health", "");
  }

  private void setEnabled(boolean enabled) throws IOException {
    manager.ask("PUT", "/v1/firewall/chains/" + CHAIN, "{\"enabled\":" + enabled + "}");
  }

  /** Nanoseconds since the request was begun. */
  private record Toggle(long refused, long answered) {}

  private Toggle toggle() throws IOException {
    setEnabled(false);
    LockSupport.parkNanos(REST_NANOS);
    sender.send();
    CompletableFuture<Long> refusal = sender.refusal();
    LockSupport.parkNanos(REST_NANOS);
    long start = System.nanoTime();
    setEnabled(true);
    long answered = System.nanoTime();
    return new Toggle(refusal.join() - start, answered - start);
  }

  /** One word of a map that is mapped into memory, and what programs judge by from then on. */
  private static void store() throws IOException {
    Path data = Files.createTempDirectory("uidnet-toggle");
    try (TestCgroup cgroup = TestCgroup.create();
        TestBpffs bpffs = TestBpffs.mounted()) {
      KernelPlatform platform = platform(cgroup, bpffs, data);
      try {
        Control control = platform.rules().control();
        store(control); // compiled then
        System.out.printf("The store that switches takes %.0f ns.%n", store(control));
      } finally {
        platform.stop(() -> {});
      }
    } finally {
      Files.deleteIfExists(data.resolve("policy.mv.db"));
      Files.delete(data);
    }
  }

  private static double store(Control control) {
    long start = System.nanoTime();
    for (int i = 0; i < STORES; i++) {
      control.setEnabledChains((i & 1) * Layouts.CHAIN_STANDBY);
    }
    return (double) (System.nanoTime() - start) / STORES;
  }

  private static KernelPlatform platform(TestCgroup cgroup, TestBpffs bpffs, Path data)
      throws IOException {
    Clock clock = Clock.systemUTC();
    return KernelPlatform.start(
        new KernelPlatform.Place(
            Optional.of(cgroup.path()),
            Optional.of(bpffs.point().resolve("uidnet")),
            Optional.empty()),
        new DaemonConfig(StateDir.in(data), Optional.empty(), Duration.ofMinutes(5)),
        HostBoot.read(clock),
        clock);
  }
}
