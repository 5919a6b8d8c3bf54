package org.uidnet.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.TestServer;
import org.uidnet.programs.ErrnoException;

/** What a daemon is asked for. */
class TrafficTagsTest {
  private static final long PID = ProcessHandle.current().pid();

  @TempDir Path dir;
  private TestServer server;
  private TrafficTags tags;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(dir);
    tags = new TrafficTags(UidnetClient.overSocket(server.socket));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Test
  void tag_connectedSocket_isNamedByBothEnds() throws IOException {
    tags.setThreadTag(0xF00D);

    try (var listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var socket = new Socket("127.0.0.1", listener.getLocalPort())) {
      tags.tag(socket);

      assertAsked(
          "the TCP socket from 127.0.0.1:%d to 127.0.0.1:%d of process %d"
              .formatted(socket.getLocalPort(), socket.getPort(), PID),
          " Tag[tag=61453, chargeUid=Optional.empty]");
    }
  }

  @Test
  void tag_datagramSocketOfAllAddresses_isNamedByItsPort() throws IOException {
    tags.setThreadTag(0xF00D);

    try (var channel = DatagramChannel.open(StandardProtocolFamily.INET).bind(null)) {
      tags.tag(channel.socket());

      assertAsked(
          "the UDP socket from 0.0.0.0:%d to nowhere of process %d"
              .formatted(channel.socket().getLocalPort(), PID),
          " Tag[tag=61453, chargeUid=Optional.empty]");
    }
  }

  @Test
  void tag_ipv6_isReadByTheServer() throws IOException {
    tags.setThreadTag(0xF00D);

    try (var channel = DatagramChannel.open().connect(new InetSocketAddress("::1", 9))) {
      tags.tag(channel);

      assertAsked(
          "the UDP socket from [0:0:0:0:0:0:0:1]:%d to [0:0:0:0:0:0:0:1]:9 of process %d"
              .formatted(channel.socket().getLocalPort(), PID),
          " Tag[tag=61453, chargeUid=Optional.empty]");
    }
  }

  @Test
  void tag_greatestTag_arrivesUnsigned() throws IOException {
    tags.setThreadTag(0xffff_ffffL);

    assertThat(askedForDatagramSocket()).endsWith(" Tag[tag=4294967295, chargeUid=Optional.empty]");
  }

  @Test
  void tag_tagAndUidAreSet_chargesTheOther() throws IOException {
    tags.setThreadTag(ReservedTags.DNS);
    tags.setThreadUid(1001);

    assertThat(askedForDatagramSocket()).endsWith(" Tag[tag=4294967170, chargeUid=Optional[1001]]");
  }

  @Test
  void tag_uidIsSetOnly_chargesTheOtherWithoutATag() throws IOException {
    tags.setThreadUid(1001);

    assertThat(askedForDatagramSocket()).endsWith(" Tag[tag=0, chargeUid=Optional[1001]]");
  }

  private String askedForDatagramSocket() throws IOException {
    try (var socket = new DatagramSocket()) {
      tags.tag(socket);
    }
    return server.tags.calls.get(0);
  }

  @Test
  void tag_nothingIsSet_asksNobody() throws IOException {
    try (var socket = new DatagramSocket()) {
      tags.tag(socket);
    }

    assertThat(server.tags.calls).isEmpty();
  }

  @Test
  void tag_onAnotherThread_asksNobody() throws Exception {
    tags.setThreadTag(0xF00D);
    var ended = new CompletableFuture<Void>();

    try (var socket = new DatagramSocket()) {
      new Thread(
              () -> {
                try {
                  tags.tag(socket);
                  ended.complete(null);
                } catch (IOException e) {
                  ended.completeExceptionally(e);
                }
              })
          .start();
      ended.get();
    }

    assertThat(server.tags.calls).isEmpty();
  }

  @Test
  void tag_closedSocket_isRefusedHere() throws IOException {
    tags.setThreadTag(0xF00D);
    var socket = new DatagramSocket();
    socket.close();

    assertThatThrownBy(() -> tags.tag(socket)).isInstanceOf(SocketException.class);
    assertThat(server.tags.calls).isEmpty();
  }

  @Test
  void tag_refused_saysWithWhichError() throws IOException {
    server.tags.fail(new ErrnoException("EPERM", "UID 1000 may not charge UID 1001."));
    tags.setThreadUid(1001);

    try (var socket = new DatagramSocket()) {
      var e = catchThrowableOfType(ProblemException.class, () -> tags.tag(socket));

      assertThat(e.status()).isEqualTo(403);
      assertThat(e.errno()).contains("EPERM");
      assertThat(e.detail()).isEqualTo("UID 1000 may not charge UID 1001.");
    }
  }

  @Test
  void untag_namesTheSocket() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getByName("::1"));
        var channel = SocketChannel.open(listener.getLocalSocketAddress())) {
      boolean changed = tags.untag(channel);

      assertThat(changed).isTrue();
      assertAsked(
          "the TCP socket from [0:0:0:0:0:0:0:1]:%d to [0:0:0:0:0:0:0:1]:%d of process %d"
              .formatted(channel.socket().getLocalPort(), listener.getLocalPort(), PID),
          "");
    }
  }

  @Test
  void untag_ofEachKind_asksForIt() throws IOException {
    try (var listener = new ServerSocket(0, 2, InetAddress.getByName("127.0.0.1"));
        var socket = new Socket("127.0.0.1", listener.getLocalPort());
        var datagrams = new DatagramSocket();
        var channel = DatagramChannel.open().bind(null)) {
      tags.untag(socket);
      tags.untag(datagrams);
      tags.untag(channel);
    }

    assertThat(server.tags.calls).hasSize(3);
  }

  @Test
  void addOperations_countsThemUnderTheThreadsTag() throws IOException {
    tags.setThreadTag(0xffff_ffffL);

    tags.addOperations(3);

    assertThat(server.usage.operations).containsExactly("0 4294967295 3");
  }

  @Test
  void addOperations_noTag_isRefusedHere() {
    tags.setThreadUid(1001);

    assertThatThrownBy(() -> tags.addOperations(3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("operations are counted by tag; set this thread's first");
  }

  @Test
  void tag_overTcp_isTheSame() throws IOException {
    tags = new TrafficTags(UidnetClient.overTcp(server.http(), server.token()));
    tags.setThreadTag(0xF00D);

    assertThat(askedForDatagramSocket())
        .startsWith("Asker[uid=0, admin=true] the UDP socket from ")
        .endsWith(" Tag[tag=61453, chargeUid=Optional.empty]");
  }

  private void assertAsked(String socket, String tag) {
    assertThat(server.tags.calls).containsExactly("Asker[uid=0, admin=true] " + socket + tag);
  }
}
