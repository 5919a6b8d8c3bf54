package org.uidnet.netd.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.sys.PeerUid;

/** A daemon that another process runs, as its socket shows it. */
public final class RunningDaemon {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration AFTER_KILL = Duration.ofSeconds(5);
  private static final long ANSWER_SECONDS = 5;
  private static final long GLANCE_NANOS = 20_000_000;

  private final ProcessHandle process;
  private final JsonNode status;

  RunningDaemon(ProcessHandle process, JsonNode status) {
    this.process = process;
    this.status = status;
  }

  /** How it was stopped. */
  public enum Ending {
    /** It stored its last snapshot. */
    CLEAN,
    /** It did not end in time, and was killed. */
    KILLED
  }

  /**
   * Who answers as a daemon on this socket; empty if nobody listens.
   *
   * @throws KernelException if who listens does not answer as a daemon, or cannot be seen
   */
  public static Optional<RunningDaemon> at(Path apiSocket) {
    return pid(apiSocket)
        .map(pid -> new RunningDaemon(visible(pid, apiSocket), ask(apiSocket, pid)));
  }

  /** Of the process that listens on this socket; empty if none does, or it may not be reached. */
  public static Optional<Long> pid(Path apiSocket) {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(apiSocket))) {
      return Optional.of(PeerUid.pid(channel));
    } catch (IOException e) {
      return Optional.empty(); // not there, or left behind by one that was killed
    }
  }

  private static ProcessHandle visible(long pid, Path apiSocket) {
    return ProcessHandle.of(pid)
        .filter(handle -> pid > 1)
        .orElseThrow(
            () ->
                new KernelException(
                    "the daemon on %s runs in another pid namespace, or as its first process: stop it from there"
                        .formatted(apiSocket)));
  }

  private static JsonNode ask(Path apiSocket, long pid) {
    UidnetClient client = UidnetClient.overSocket(apiSocket);
    CompletableFuture<JsonNode> answer = CompletableFuture.supplyAsync(() -> status(client));
    try {
      return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      throw new KernelException(
          "process %d listens on %s and does not answer as a daemon of uidnet: if it is one, end it (kill %d) and try again"
              .formatted(pid, apiSocket, pid),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KernelException("interrupted while asking the daemon", e);
    }
  }

  private static JsonNode status(UidnetClient client) {
    try {
      JsonNode health = client.json(ApiRequest.health());
      if (!health.has("backend")) {
        throw new IOException("its health names no backend");
      }
      return client.json(ApiRequest.status());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  /** Whether it attaches nothing. */
  public boolean isSimulation() {
    return status.path("backend").asText().equals("simulator");
  }

  /** The programs that it has attached. */
  public List<String> programs() {
    return status.path("links").findValuesAsText("program");
  }

  /**
   * Asks it to end and waits for that; kills it when it takes too long.
   *
   * @throws KernelException if this process may not, or if it cannot be killed
   */
  public Ending stop() {
    return stop(PATIENCE);
  }

  Ending stop(Duration patience) {
    if (!process.destroy() && !isGone()) {
      throw new KernelException(
          "may not stop the daemon, process %d, of another user: run this as root"
              .formatted(pid()));
    }
    if (awaitEnd(patience)) {
      return Ending.CLEAN;
    }
    process.destroyForcibly();
    if (!awaitEnd(AFTER_KILL)) {
      throw new KernelException("process %d, the daemon, cannot be killed".formatted(pid()));
    }
    return Ending.KILLED;
  }

  private boolean awaitEnd(Duration patience) {
    long start = System.nanoTime();
    while (!isGone() && System.nanoTime() - start < patience.toNanos()) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
    return isGone();
  }

  /** A process that nobody has waited for is gone too: it holds no lock any more. */
  private boolean isGone() {
    return !process.isAlive() || isZombie();
  }

  private boolean isZombie() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
      return stat.substring(stat.lastIndexOf(')')).startsWith(") Z");
    } catch (IOException e) {
      return true;
    }
  }
}
