package org.uidnet.netd.differential;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.uidnet.programs.SocketTag;

/**
 * One line of a script for {@code sockets.c}.
 *
 * @param socket number of the socket that it is about
 * @param other the listener that is accepted from, or the namespace of a new socket
 * @param uid of a new or accepted socket, or of who binds or connects; of the host
 */
record Operation(Kind kind, int socket, int other, long uid, String arguments) {
  enum Kind {
    SOCKET,
    OPTIONS,
    DEVICE,
    BIND,
    LISTEN,
    CONNECT,
    ACCEPT,
    SEND,
    SENDTO,
    DRAIN,
    OWNER,
    TAG,
    UNTAG,
    CLOSE
  }

  static Operation socket(int socket, int namespace, long uid, Transport transport) {
    String arguments =
        "%d %d %d %d %d"
            .formatted(namespace, uid, transport.family(), transport.type(), transport.protocol());
    return new Operation(Kind.SOCKET, socket, namespace, uid, arguments);
  }

  static Operation accept(int socket, int listener, long uid) {
    return new Operation(Kind.ACCEPT, socket, listener, uid, listener + " " + uid);
  }

  /** To bind or to connect, which anyone may do who has the socket. */
  static Operation call(Kind kind, int socket, long uid, String address, int port) {
    return new Operation(kind, socket, -1, uid, "%s %d %d".formatted(address, port, uid));
  }

  static Operation of(Kind kind, int socket, Object... arguments) {
    StringBuilder text = new StringBuilder();
    for (Object argument : arguments) {
      text.append(text.isEmpty() ? "" : " ").append(argument);
    }
    return new Operation(kind, socket, -1, -1, text.toString());
  }

  /** To charge a UID, which must be there in that generation of it. */
  static Operation tag(int socket, SocketTag tag) {
    return of(Kind.TAG, socket, tag.tag(), tag.uid(), tag.generation());
  }

  /** What {@link #tag} has said. */
  SocketTag tag() {
    return new SocketTag(
        Long.parseLong(argument(0)), Long.parseLong(argument(1)), Integer.parseInt(argument(2)));
  }

  private String argument(int index) {
    return arguments.split(" ", -1)[index];
  }

  /** Where a call goes, as a socket of that family has it: IPv4 in IPv6 stays IPv6. */
  InetAddress address(int family) {
    try {
      byte[] bytes = InetAddress.getByName(argument(0)).getAddress();
      return family == Transport.IPV6 && bytes.length == 4
          ? Inet6Address.getByAddress("", mapped(bytes), -1)
          : InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  /** An IPv4 address within IPv6. */
  static byte[] mapped(byte[] ipv4) {
    return ByteBuffer.allocate(16).position(10).putShort((short) -1).put(ipv4).array();
  }

  int port() {
    return Integer.parseInt(argument(1));
  }

  int device() {
    return Integer.parseInt(argument(0));
  }

  /** As the script has it. */
  @Override
  public String toString() {
    return (kind.name().toLowerCase(Locale.ROOT) + " " + socket + " " + arguments).strip();
  }

  /** What a socket is made of. */
  record Transport(int family, int type, int protocol) {
    static final int IPV4 = 2;
    static final int IPV6 = 10;

    static final int STREAM = 1;
    static final int DATAGRAM = 2;
    static final int RAW = 3;

    boolean isIpv6() {
      return family == IPV6;
    }

    Transport withFamily(int other) {
      return new Transport(other, type, protocol);
    }
  }
}
