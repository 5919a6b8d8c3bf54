package org.uidnet.netd.benchmark;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;

/**
 * {@code ./uidnet run} as an operator starts it, with its class archive and its options for java,
 * on a cgroup of its own. Closing it ends it as Ctrl-C does, after which nothing must be left.
 */
final class LaunchedDaemon implements AutoCloseable {
  private static final String LAUNCHER = "../uidnet";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long GLANCE_NANOS = 1_000_000;

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final UnixDomainSocketAddress socket;
  private final Process process;
  private final long nanosToFirstAnswer;

  private LaunchedDaemon(Path stateDir) throws IOException {
    socket = UnixDomainSocketAddress.of(stateDir.resolve("api.sock"));
    long start = System.nanoTime();
    process = launch(stateDir);
    nanosToFirstAnswer = awaitAnswer(start) - start;
  }

  /** Returns when it answers. */
  static LaunchedDaemon start(Path stateDir) throws IOException {
    return new LaunchedDaemon(stateDir);
  }

  private Process launch(Path stateDir) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            LAUNCHER,
            "run",
            "--http=none",
            "--inputs=none",
            "--cgroup=" + cgroup.path(),
            "--bpffs=" + bpffs.point().resolve("uidnet"),
            "--state-dir=" + stateDir);
    builder.environment().put("UIDNET_NO_BUILD", "1");
    Path log = Files.createDirectories(stateDir).resolve("log.txt");
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  /** Answers when that was. */
  private long awaitAnswer(long start) throws IOException {
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IOException("the daemon does not answer on " + socket + "; see log.txt there");
      }
      LockSupport.parkNanos(GLANCE_NANOS);
    }
    return System.nanoTime();
  }

  private boolean answers() {
    try (Manager manager = manager()) {
      manager.ask("GET", "/v1/health", "");
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** From the start of the launcher. */
  long nanosToFirstAnswer() {
    return nanosToFirstAnswer;
  }

  Manager manager() throws IOException {
    return Manager.of(socket);
  }

  UidnetClient client() {
    return UidnetClient.overSocket(socket.getPath());
  }

  /** The launcher becomes java, so it is java's. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws IOException {
    try (cgroup;
        bpffs) {
      process.destroy();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("the daemon does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
