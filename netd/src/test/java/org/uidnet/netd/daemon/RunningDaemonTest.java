package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.daemon.RunningDaemon.Ending;
import org.uidnet.netd.kernel.KernelException;

class RunningDaemonTest {
  @TempDir Path dir;

  @Test
  void at_nobodyListens_isEmpty() throws IOException {
    Path socket = dir.resolve("api.sock");
    assertThat(RunningDaemon.at(socket)).isEmpty();
    ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        .bind(UnixDomainSocketAddress.of(socket))
        .close();
    assertThat(socket).exists();
    assertThat(RunningDaemon.at(socket)).isEmpty();
  }

  /** It is never taken for a daemon, so never stopped. */
  @Test
  void at_somebodyElseListens_isAnError() throws IOException {
    Path socket = dir.resolve("api.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Thread hangUp = new Thread(() -> hangUpTwice(server));
      hangUp.start();
      assertThatThrownBy(() -> RunningDaemon.at(socket))
          .isInstanceOf(KernelException.class)
          .hasMessageContaining("does not answer as a daemon of uidnet")
          .hasMessageContaining("kill " + ProcessHandle.current().pid());
    }
  }

  private static void hangUpTwice(ServerSocketChannel server) {
    try {
      server.accept().close();
      server.accept().close();
    } catch (IOException e) {
      // the test is over
    }
  }

  @Test
  void stop_processThatEnds_isClean() throws Exception {
    Process process = new ProcessBuilder("sleep", "60").start();
    assertThat(daemon(process).stop(Duration.ofSeconds(20))).isEqualTo(Ending.CLEAN);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue(); // a zombie until then
  }

  @Test
  void stop_processThatDoesNot_isKilled() throws Exception {
    Process process =
        new ProcessBuilder("bash", "-c", "trap '' TERM; echo ready; while :; do read -t 60; done")
            .start();
    assertThat(process.getInputStream().read()).isEqualTo('r'); // it ignores SIGTERM now
    assertThat(daemon(process).stop(Duration.ofMillis(100))).isEqualTo(Ending.KILLED);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue(); // a zombie until then
  }

  private static RunningDaemon daemon(Process process) {
    return new RunningDaemon(process.toHandle(), MissingNode.getInstance());
  }
}
