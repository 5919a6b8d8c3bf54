package org.uidnet.api.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketEndsTest {
  @TempDir Path dir;

  @Test
  void of_connectedSocket_hasBothEnds() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        var socket = new Socket("127.0.0.1", server.getLocalPort())) {
      assertThat(SocketEnds.of(socket))
          .isEqualTo(
              ends("tcp", "127.0.0.1:" + socket.getLocalPort(), "127.0.0.1:" + socket.getPort()));
    }
  }

  @Test
  void of_ipv6_isInBrackets() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getByName("::1"));
        var socket = new Socket("::1", server.getLocalPort())) {
      String host = "[0:0:0:0:0:0:0:1]:";
      assertThat(SocketEnds.of(socket))
          .isEqualTo(ends("tcp", host + socket.getLocalPort(), host + socket.getPort()));
    }
  }

  /** What is IPv4 on the wire is so here, though Java's socket is an IPv6 one. */
  @Test
  void of_ipv4MappedAddress_isIpv4() throws IOException {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress("::ffff:127.0.0.1", 9));

      assertThat(SocketEnds.of(socket))
          .isEqualTo(ends("udp", "127.0.0.1:" + socket.getLocalPort(), "127.0.0.1:9"));
    }
  }

  /**
   * The loopback interface may have no link-local address, so the socket only says that it does.
   */
  @Test
  void of_linkLocalAddress_isWithoutItsScope() throws IOException {
    var scoped = new InetSocketAddress("fe80::1%1", 7);
    try (var socket = socketAt(scoped)) {
      assertThat(SocketEnds.of(socket).local()).isEqualTo("[fe80:0:0:0:0:0:0:1]:7");
    }
  }

  private static Socket socketAt(InetSocketAddress local) {
    return new Socket() {
      @Override
      public InetSocketAddress getLocalSocketAddress() {
        return local;
      }
    };
  }

  @Test
  void of_unconnectedDatagramSocket_hasNoRemoteEnd() throws IOException {
    try (var socket = new DatagramSocket()) {
      SocketEnds ends = SocketEnds.of(socket);

      assertThat(ends.remote()).isEmpty();
      assertThat(ends.local()).endsWith(":" + socket.getLocalPort());
    }
  }

  @Test
  void of_channels_isAsOfSockets() throws IOException {
    try (var server = ServerSocketChannel.open().bind(loopback(0));
        var tcp = SocketChannel.open(server.getLocalAddress());
        var udp = DatagramChannel.open(StandardProtocolFamily.INET).bind(null)) {
      assertThat(SocketEnds.of(tcp)).isEqualTo(SocketEnds.of(tcp.socket()));
      assertThat(SocketEnds.of(udp))
          .isEqualTo(ends("udp", "0.0.0.0:" + udp.socket().getLocalPort()));
      assertThat(SocketEnds.of(udp.connect(loopback(9))).remote()).contains("127.0.0.1:9");
    }
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress("127.0.0.1", port);
  }

  @Test
  void of_closedSocket_isRefused() throws IOException {
    var tcp = new Socket();
    var udp = new DatagramSocket();
    var tcpChannel = SocketChannel.open();
    var udpChannel = DatagramChannel.open();
    tcp.close();
    udp.close();
    tcpChannel.close();
    udpChannel.close();

    String message = "this socket is closed; its traffic stays where it was counted";
    assertThatThrownBy(() -> SocketEnds.of(tcp)).hasMessage(message);
    assertThatThrownBy(() -> SocketEnds.of(udp)).hasMessage(message);
    assertThatThrownBy(() -> SocketEnds.of(tcpChannel)).hasMessage(message);
    assertThatThrownBy(() -> SocketEnds.of(udpChannel)).hasMessage(message);
  }

  @Test
  void of_unboundSocket_isRefused() throws IOException {
    try (var socket = new Socket()) {
      assertThatThrownBy(() -> SocketEnds.of(socket))
          .isInstanceOf(SocketException.class)
          .hasMessage(
              "this socket has no address yet, so the daemon cannot find it;"
                  + " bind or connect it first");
    }
  }

  @Test
  void of_unixSocket_isRefused() throws IOException {
    var address = UnixDomainSocketAddress.of(dir.resolve("x.sock"));
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(address);
        var channel = SocketChannel.open(address)) {
      assertThat(server.isOpen()).isTrue();
      assertThatThrownBy(() -> SocketEnds.of(channel))
          .isInstanceOf(SocketException.class)
          .hasMessageStartingWith("only TCP and UDP sockets can be tagged");
    }
  }

  private static SocketEnds ends(String protocol, String local) {
    return new SocketEnds(protocol, local, Optional.empty());
  }

  private static SocketEnds ends(String protocol, String local, String remote) {
    return new SocketEnds(protocol, local, Optional.of(remote));
  }
}
