package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.uidnet.netd.testing.Traffic;

/**
 * Acknowledged datagrams over loopback from one UID to another, one transfer after the other: how
 * many bytes there were is known without asking the kernel. Its methods are for one thread.
 */
final class UdpLane {
  private static final int IP_AND_UDP = 28;
  private static final int WINDOW = 32;
  private static final int DATAGRAMS = 20 * WINDOW;
  private static final int SIZE = 1000;
  private static final Duration REST = Duration.ofMillis(10);

  private final Path cgroup;
  private final long from;
  private final long to;
  private final int port;

  /** Held while a transfer is under way; fair, so that who pauses gets it before the next one. */
  private final ReentrantLock transfer = new ReentrantLock(true);

  private final CompletableFuture<Void> work;
  private volatile boolean ended;

  /** Guarded by the lock. */
  private long datagrams;

  private UdpLane(Path cgroup, long from, long to, int port) {
    this.cgroup = cgroup;
    this.from = from;
    this.to = to;
    this.port = port;
    work = Background.start(this::run);
  }

  static UdpLane start(Path cgroup, long from, long to, int port) {
    return new UdpLane(cgroup, from, to, port);
  }

  private Void run() {
    while (!ended) {
      transfer.lock();
      try {
        transfer();
        datagrams += DATAGRAMS;
      } finally {
        transfer.unlock();
      }
    }
    return null;
  }

  private void transfer() {
    try (var server = Traffic.in(cgroup).as(to).serve("udp-serve", "127.0.0.1", port, DATAGRAMS)) {
      Traffic.in(cgroup)
          .as(from)
          .pause(REST)
          .run("udp-send", "127.0.0.1", port, SIZE, DATAGRAMS, "plain");
      assertThat(server.bytes()).isEqualTo((long) DATAGRAMS * SIZE);
    }
  }

  /** Returns when nothing is on its way. */
  void pause() {
    transfer.lock();
  }

  void goOn() {
    transfer.unlock();
  }

  /** Returns when the last transfer has ended; throws what one of them threw. */
  void end() {
    ended = true;
    work.join();
  }

  /** What each of the two has sent and received in ended transfers. */
  Map<Long, org.uidnet.programs.Traffic> expected() {
    long bytes = datagrams * (SIZE + IP_AND_UDP);
    long acknowledgements = datagrams / WINDOW;
    long back = acknowledgements * (1 + IP_AND_UDP);
    return Map.of(
        from, new org.uidnet.programs.Traffic(back, acknowledgements, bytes, datagrams),
        to, new org.uidnet.programs.Traffic(bytes, datagrams, back, acknowledgements));
  }
}
