package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.model.Health;
import org.uidnet.programs.Datapath;
import org.uidnet.stats.Host;

/** Listening, and the files that belong to it. */
class ApiServerTest {
  @TempDir Path dir;
  private Path socket;

  @BeforeEach
  void name() {
    socket = dir.resolve("api.sock");
  }

  @Test
  void socket_isOpenToAll_andGoneAfterwards() throws IOException {
    try (var server = new TestServer(dir)) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
          .isEqualTo("rw-rw-rw-");
      assertThat(server.get(0, "/v1/health").status()).isEqualTo(200);
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void socket_leftByAKilledDaemon_isReplaced() throws IOException {
    leaveStaleSocket();

    try (var server = new TestServer(dir)) {
      assertThat(server.get(0, "/v1/health").status()).isEqualTo(200);
    }
  }

  @Test
  void socket_onWhichADaemonAnswers_isLeftAlone() throws IOException {
    try (var server = new TestServer(dir)) {
      assertThatThrownBy(() -> new TestServer(dir))
          .isInstanceOf(CannotListenException.class)
          .hasMessage(
              "another daemon is listening on "
                  + socket
                  + "; stop it (uidnet unload), or run this one with another --state-dir");
      assertThat(server.get(0, "/v1/health").status()).isEqualTo(200);
    }
  }

  @Test
  void socket_whereAFileIs_isLeftAlone() throws IOException {
    Files.writeString(socket, "precious");

    assertThatThrownBy(() -> new TestServer(dir))
        .hasMessage(
            "cannot listen on " + socket + ": a file that is no socket is in the way; remove it");
    assertThat(socket).hasContent("precious");
  }

  @Test
  void socket_withATooLongName_isRefused() {
    Path deep = dir.resolve("d".repeat(100));

    assertThatThrownBy(() -> new TestServer(deep))
        .hasMessageStartingWith("cannot listen on " + deep)
        .hasMessageEndingWith("a socket's may have 107; use a shorter --state-dir");
  }

  @Test
  void port_inUse_isNamed_andNothingIsLeft() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var http = new HostPort("127.0.0.1", other.getLocalPort());

      assertThatThrownBy(() -> start(Optional.of(http)))
          .isInstanceOf(CannotListenException.class)
          .hasMessage(
              "cannot listen on "
                  + http
                  + ": Address already in use. If another program uses that port, choose another"
                  + " with --http 127.0.0.1:PORT");
      assertThat(socket).doesNotExist();
    }
  }

  @Test
  void socket_thatCannotBeMade_leavesThePortFree() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = free.getLocalPort();
    }
    var http = Optional.of(new HostPort("127.0.0.1", port));
    socket = dir.resolve("absent").resolve("api.sock");

    assertThatThrownBy(() -> start(http))
        .isInstanceOf(CannotListenException.class)
        .hasMessageStartingWith("cannot listen on " + socket + ": ");
    socket = dir.resolve("api.sock");
    start(http).close();
  }

  @Test
  void withoutTcp_onlyTheSocketIsServed() throws IOException {
    try (var server = start(Optional.empty())) {
      assertThat(server.http()).isEmpty();
      assertThat(UidnetClient.overSocket(socket).health().status()).isEqualTo(Health.State.OK);
    }
  }

  /** The JDK alone knows root and users without a name. */
  @Test
  void peersOfTheJdk_areNeverSomebodyElse() throws IOException {
    int self = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    try (var server = start(Optional.empty());
        var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      assertThat(PeerCredentials.ofJdk().uid(channel).orElse(self)).isEqualTo(self);
      assertThat(server.http()).isEmpty();
      if (self == 0) {
        assertThat(PeerCredentials.ofJdk().uid(channel)).hasValue(0);
      }
    }
  }

  @Test
  void peersOfTheJdk_withNamesThatLie_areUnknown() {
    assertThat(JdkPeerCredentials.uid("12345", 12345)).hasValue(12345);
    assertThat(JdkPeerCredentials.uid("4294967294", -2)).hasValue(4294967294L);
    assertThat(JdkPeerCredentials.uid("root", 0)).hasValue(0);
    assertThat(JdkPeerCredentials.uid("root", 1000)).isEmpty();
    assertThat(JdkPeerCredentials.uid("0", 1000)).isEmpty();
    assertThat(JdkPeerCredentials.uid("ann", 1000)).isEmpty();
  }

  private ApiServer start(Optional<HostPort> http) throws IOException {
    return ApiServer.start(
        new ApiConfig(socket, http, dir.resolve("admin.token"), Set.of(), Limits.DEFAULT),
        new Services(
            new FakeUsage(),
            new FakeFirewall(),
            new FakeTags(),
            new FakeTraces(),
            List::of,
            uid -> Optional.empty(),
            new Host("boot-1", TestServer.NOW, () -> 0),
            () -> Health.of(Datapath.Backend.KERNEL, List.of()),
            TestServer::status,
            PeerCredentials.ofJdk(),
            Clock.systemUTC()));
  }

  private void leaveStaleSocket() throws IOException {
    try (var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(socket).exists();
  }
}
