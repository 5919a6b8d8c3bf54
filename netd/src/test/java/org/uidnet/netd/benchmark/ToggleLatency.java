package org.uidnet.netd.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.daemon.HostBoot;
import org.uidnet.netd.daemon.KernelPlatform;
import org.uidnet.netd.daemon.Profile;
import org.uidnet.netd.firewall.FirewallHost;
import org.uidnet.netd.testing.Sockets;
import org.uidnet.netd.testing.Sockets.Socket;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
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

  /**
   * Between two datagrams; a refusal is seen that much later. The sender is another program and
   * sleeps meanwhile, so that the daemon has both CPUs.
   */
  private static final long SEND_EVERY_MICROS = 100;

  private static final int DATAGRAM = 5;
  private static final int ANSWER = 64 * 1024;
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

  private static final long REST_NANOS = Duration.ofMillis(10).toNanos();

  private final FirewallHost host;
  private final Socket socket;
  private final SocketChannel manager;

  private ToggleLatency(FirewallHost host, Sockets clients, SocketChannel manager) {
    this.host = host;
    this.manager = manager;
    socket = clients.open(FirewallHost.UID, "udp", false);
  }

  /** Needs root. */
  public static void main(String[] args) throws IOException {
    try (FirewallHost host = FirewallHost.started("toggle");
        Sockets clients = host.clients();
        SocketChannel manager = SocketChannel.open(host.apiSocket())) {
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
        System.out.printf("the daemon's first toggle %.1f ms%n", toggle.refused / 1e6);
      } else if (i >= 0) {
        refused[i] = toggle.refused;
        answered[i] = toggle.answered;
        nothing[i] = health();
      }
    }
    System.out.printf("%d toggles of %d UIDs, ms    p50    p99    max%n", TOGGLES, UIDS);
    print("PUT to first refused datagram", refused);
    print("PUT to its answer", answered);
    print("a request for nothing", nothing);
  }

  private long health() throws IOException {
    long start = System.nanoTime();
    ask("GET", "/v1/health", "");
    return System.nanoTime() - start;
  }

  private void setEnabled(boolean enabled) throws IOException {
    ask("PUT", "/v1/firewall/chains/" + CHAIN, "{\"enabled\":" + enabled + "}");
  }

  private void ask(String method, String path, String body) throws IOException {
    String request =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(method, path, body.length(), body);
    manager.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    String answer = read();
    if (!answer.startsWith("HTTP/1.1 200")) {
      throw new IOException(answer);
    }
  }

  /** One answer: a head, and as many bytes as it says. */
  private String read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(ANSWER);
    String text;
    do {
      if (manager.read(buffer) < 0) {
        throw new EOFException("the daemon closed the connection");
      }
      text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    } while (!isWhole(text));
    return text;
  }

  private static boolean isWhole(String answer) {
    Matcher length = LENGTH.matcher(answer);
    int body = answer.indexOf("\r\n\r\n") + 4;
    return body > 3 && length.find() && answer.length() >= body + Integer.parseInt(length.group(1));
  }

  /** Nanoseconds since the request was begun. */
  private record Toggle(long refused, long answered) {}

  private Toggle toggle() throws IOException {
    setEnabled(false);
    LockSupport.parkNanos(REST_NANOS);
    send();
    CompletableFuture<Long> refusal = CompletableFuture.supplyAsync(this::awaitRefusal);
    LockSupport.parkNanos(REST_NANOS);
    long start = System.nanoTime();
    setEnabled(true);
    long answered = System.nanoTime();
    return new Toggle(refusal.join() - start, answered - start);
  }

  /** Its time by the clock of {@link System#nanoTime}. */
  private long awaitRefusal() {
    String time =
        socket.call(
            "await-refusal",
            DATAGRAM,
            host.serverAddress(),
            FirewallHost.NOBODYS_PORT,
            SEND_EVERY_MICROS);
    return Long.parseLong(time);
  }

  /** It must be allowed before; a refusal then would be an error of ours. */
  private void send() {
    String sent = socket.sendTo(host.serverAddress(), FirewallHost.NOBODYS_PORT, DATAGRAM);
    if (!sent.equals(Integer.toString(DATAGRAM))) {
      throw new IllegalStateException("refused while the chain is disabled: " + sent);
    }
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "  %-30s %6.2f %6.2f %6.2f%n",
        what,
        nanos[nanos.length / 2] / 1e6,
        nanos[nanos.length * 99 / 100] / 1e6,
        nanos[nanos.length - 1] / 1e6);
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
        System.out.printf("the store itself %.0f ns%n", store(control));
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
        data,
        Profile.LINUX,
        HostBoot.read(clock),
        clock);
  }
}
