package org.uidnet.api.client;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uidnet.api.model.TagRequest;

/**
 * A socket of this process as the daemon can find it.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param local its own address and port
 * @param remote whom it is connected to
 */
record SocketEnds(String protocol, String local, Optional<String> remote) {
  private static final int PID = Math.toIntExact(ProcessHandle.current().pid());
  private static final String TCP = "tcp";
  private static final String UDP = "udp";

  static SocketEnds of(Socket socket) throws IOException {
    requireOpen(socket.isClosed());
    return of(TCP, socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
  }

  static SocketEnds of(DatagramSocket socket) throws IOException {
    requireOpen(socket.isClosed());
    return of(UDP, socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
  }

  static SocketEnds of(SocketChannel channel) throws IOException {
    requireOpen(!channel.isOpen());
    return of(TCP, channel.getLocalAddress(), channel.getRemoteAddress());
  }

  static SocketEnds of(DatagramChannel channel) throws IOException {
    requireOpen(!channel.isOpen());
    return of(UDP, channel.getLocalAddress(), channel.getRemoteAddress());
  }

  private static SocketEnds of(
      String protocol, @Nullable SocketAddress local, @Nullable SocketAddress remote)
      throws SocketException {
    if (local == null) {
      throw new SocketException(
          "this socket has no address yet, so the daemon cannot find it; bind or connect it first");
    }
    return new SocketEnds(
        protocol, text(local), remote == null ? Optional.empty() : Optional.of(text(remote)));
  }

  /** What names this socket to the daemon, and what it is charged to. */
  TagRequest charged(Charge charge) {
    return new TagRequest(
        Optional.of(PID),
        Optional.empty(),
        Optional.of(protocol),
        Optional.of(local),
        remote,
        given(charge.tag()),
        given(charge.uid()));
  }

  private static Optional<Long> given(long value) {
    return value == TrafficTags.UNSET ? Optional.empty() : Optional.of(value);
  }

  private static void requireOpen(boolean closed) throws SocketException {
    if (closed) {
      throw new SocketException("this socket is closed; its traffic stays where it was counted");
    }
  }

  private static String text(SocketAddress end) throws SocketException {
    if (end instanceof InetSocketAddress inet) {
      return address(inet.getAddress().getHostAddress()) + ":" + inet.getPort();
    }
    throw new SocketException("only TCP and UDP sockets can be tagged, this one is at " + end);
  }

  /** Without its scope: the daemon wants digits, and link-local sockets differ in their ports. */
  private static String address(String text) {
    String plain = text.split("%", 2)[0];
    return plain.contains(":") ? "[" + plain + "]" : plain;
  }
}
