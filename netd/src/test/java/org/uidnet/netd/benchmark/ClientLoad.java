package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.firewall.FirewallHost;
import org.uidnet.programs.benchmark.Report;
import org.uidnet.programs.benchmark.Samples;

/**
 * 200 clients that follow the rates of all UIDs and four that ask 500 times a second, for a minute,
 * over the unix socket of a daemon in a process of its own: latency, bytes streamed and the
 * daemon's memory. An answer that is not 200, or a stream that ends, is an error.
 */
public final class ClientLoad {
  private static final int STREAMS = 200;
  private static final int ASKERS = 4;
  private static final int ASKED_A_SECOND = 500;
  private static final Duration TIME = Duration.ofMinutes(1);
  private static final long PAUSE_NANOS = 1_000_000_000L * ASKERS / ASKED_A_SECOND;
  private static final int ASKED_EACH = (int) (TIME.toSeconds() * ASKED_A_SECOND / ASKERS);

  private static final List<String> QUESTIONS =
      List.of(
          "/v1/health",
          "/v1/usage/summary?from=-1d",
          "/v1/firewall/uids/10123/verdict",
          "/v1/usage/since-boot");

  private final FirewallHost host;
  private final AtomicLong streamed = new AtomicLong();

  private ClientLoad(FirewallHost host) {
    this.host = host;
  }

  /** Needs root. */
  public static void main(String[] args)
      throws IOException, InterruptedException, ExecutionException {
    try (FirewallHost host = FirewallHost.started("clients")) {
      new ClientLoad(host).run();
    }
  }

  private void run() throws IOException, InterruptedException, ExecutionException {
    List<SocketChannel> streams = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < STREAMS; i++) {
        streams.add(follow(threads));
      }
      ask(threads, ASKED_EACH / 4); // compiled then
      long before = resident();
      long[] nanos = ask(threads, ASKED_EACH);
      Report.ofTimes("%d streams, %d s".formatted(STREAMS, TIME.toSeconds()))
          .time("%,d requests, each to its answer".formatted(nanos.length), Samples.of(nanos))
          .print();
      System.out.printf(
          "Streamed: %.1f MiB. The daemon's memory: before %.1f MB, after %.1f MB.%n",
          streamed.get() / 1048576.0, before / 1e6, resident() / 1e6);
    } finally {
      for (SocketChannel stream : streams) {
        stream.close();
      }
      threads.shutdownNow();
    }
  }

  private long resident() throws IOException {
    return host.client().json(ApiRequest.status()).path("cost").path("residentBytes").asLong();
  }

  private SocketChannel follow(ExecutorService threads) throws IOException {
    SocketChannel stream = SocketChannel.open(address());
    String request = "GET /v1/usage/stream HTTP/1.1\r\nHost: localhost\r\n\r\n";
    stream.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    CompletableFuture.runAsync(() -> read(Channels.newInputStream(stream)), threads);
    return stream;
  }

  private void read(InputStream stream) {
    byte[] buffer = new byte[8192];
    try {
      for (int length = stream.read(buffer); length >= 0; length = stream.read(buffer)) {
        streamed.addAndGet(length);
      }
      System.err.println("the daemon ended a stream");
      System.exit(1);
    } catch (IOException e) {
      // closed by us in the end
    }
  }

  private long[] ask(ExecutorService threads, int times)
      throws InterruptedException, ExecutionException {
    List<Future<long[]>> askers = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++) {
      askers.add(threads.submit(() -> askAlone(times)));
    }
    LongStream all = LongStream.empty();
    for (Future<long[]> asker : askers) {
      all = LongStream.concat(all, LongStream.of(asker.get()));
    }
    return all.toArray();
  }

  private long[] askAlone(int times) throws IOException {
    long[] nanos = new long[times];
    try (Manager manager = Manager.of(address())) {
      long due = System.nanoTime();
      for (int i = 0; i < times; i++) {
        nanos[i] = manager.ask("GET", QUESTIONS.get(i % QUESTIONS.size()), "");
        due += PAUSE_NANOS;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    return nanos;
  }

  private UnixDomainSocketAddress address() {
    return host.apiSocket();
  }
}
