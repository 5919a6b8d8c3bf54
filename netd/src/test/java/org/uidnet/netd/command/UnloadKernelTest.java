package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.Main;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Patience;

/** With a daemon as a process of its own. */
@KernelTest
class UnloadKernelTest extends KernelCommandTest {
  private static final int SECONDS = Patience.of(60);

  /** As a running daemon names its links, and as the directory of pins does. */
  private static final String LINKED =
      "uidnet_ingress, uidnet_egress, uidnet_create, uidnet_connect4, uidnet_connect6, uidnet_bind4,"
          + " uidnet_bind6";

  private static final String PINNED =
      "uidnet_bind4, uidnet_bind6, uidnet_connect4, uidnet_connect6, uidnet_create, uidnet_egress,"
          + " uidnet_ingress";

  private Optional<Process> daemon = Optional.empty();

  @AfterEach
  void leavePlace() throws InterruptedException {
    try (cgroup;
        bpffs) {
      if (daemon.isPresent()) {
        daemon.get().destroyForcibly().waitFor();
      }
      unload();
    }
  }

  @Test
  void unload_nothing_saysSo() {
    assertThat(unload()).isZero();
    assertThat(out()).isEqualTo("nothing of uidnet is attached\n");
  }

  @Test
  void unload_runningDaemon_stopsItFirst() throws Exception {
    Process process = run();
    assertThat(cgroup.links()).hasSize(PROGRAMS);

    assertThat(unload()).isZero();

    assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(out())
        .isEqualTo(
            """
            stopping the daemon (pid %d) …
            detached %s
            nothing of uidnet is attached any more
            """
                .formatted(process.pid(), LINKED));
    assertNothingIsLeft();
    assertThat(dir.resolve("history.mv.db")).exists();
  }

  @Test
  void unload_daemonThatLeavesItsPrograms_removesThem() throws Exception {
    run("--persist");

    assertThat(unload()).isZero();

    assertThat(out()).contains("detached " + PINNED + "\nunpinned the maps\n");
    assertNothingIsLeft();
  }

  @Test
  void unload_afterACrash_removesWhatWasLeft() throws Exception {
    run().destroyForcibly().waitFor();
    assertThat(cgroup.links()).hasSize(PROGRAMS);
    assertThat(bpffs.files()).isNotEmpty();

    assertThat(unload()).isZero();

    assertThat(out())
        .isEqualTo(
            """
            detached %s
            unpinned the maps
            nothing of uidnet is attached any more
            """
                .formatted(PINNED));
    assertNothingIsLeft();
  }

  @Test
  void unload_daemonOfAnotherDirectory_isNotDisturbed() throws Exception {
    run();

    assertThat(execute("unload", "--state-dir=" + dir.resolve("elsewhere"))).isEqualTo(1);

    assertThat(err())
        .contains("a running uidnet uses the pins in " + bpffs.point())
        .contains("--state-dir");
    assertThat(cgroup.links()).hasSize(PROGRAMS);
  }

  @Test
  void unload_simulation_leavesItRunning() throws IOException {
    try (FakeDaemon simulation = new FakeDaemon(dir)) {
      simulation
          .replyInstead("/v1/health", 200, "{'status':'ok','backend':'simulator','problems':[]}")
          .reply("/v1/status", 200, "{'backend':'simulator','links':[]}");
      assertThat(unload()).isZero();
    }
    assertThat(err()).contains("is a simulation and attaches nothing; it goes on");
  }

  private void assertNothingIsLeft() {
    assertThat(cgroup.links()).isEmpty();
    assertThat(bpffs.files()).isEmpty();
  }

  private int unload() {
    return execute("unload", stateDir());
  }

  private Process run(String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--http=none"));
    words.addAll(place());
    words.add(stateDir());
    words.addAll(List.of(more));
    Path log = dir.resolve("daemon.log");
    Process process =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    daemon = Optional.of(process);
    awaitAnswer(process, log);
    return process;
  }

  private void awaitAnswer(Process process, Path log) throws IOException {
    UidnetClient client = UidnetClient.overSocket(dir.resolve("api.sock"));
    long start = System.nanoTime();
    while (process.isAlive() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(SECONDS)) {
      try {
        client.health();
        return;
      } catch (IOException e) {
        LockSupport.parkNanos(20_000_000); // it is starting
      }
    }
    throw new AssertionError("the daemon did not start: " + Files.readString(log));
  }
}
