package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What the kernel says of an open socket; each question fails with ENOTSOCK if it is none. */
public final class SocketFacts {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PROTOCOL = 38;
  private static final int SO_DOMAIN = 39;
  private static final int SO_COOKIE = 57;
  private static final int SO_NETNS_COOKIE = 71;

  /*
   *  sockaddr_in, sockaddr_in6; port and address in network order
   * +----------+--------+-----------+      +----------+--------+--------+-----------+---------+
   * | family 2 | port 2 | address 4 | ...  | family 2 | port 2 | flow 4 | address 16| scope 4 |
   * +----------+--------+-----------+      +----------+--------+--------+-----------+---------+
   */
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int PORT = 2;
  private static final int ADDRESS = 4;
  private static final int ADDRESS6 = 8;
  private static final int SOCKADDR_STORAGE = 128;

  private SocketFacts() {}

  /** Its address family. */
  public static int domain(int socket) {
    return (int) option(socket, SO_DOMAIN, Integer.BYTES, "ask for the family of a socket");
  }

  public static int protocol(int socket) {
    return (int) option(socket, SO_PROTOCOL, Integer.BYTES, "ask for the protocol of a socket");
  }

  /** The kernel's number of it, which no other socket ever has. */
  public static long cookie(int socket) {
    return option(socket, SO_COOKIE, Long.BYTES, "ask for the cookie of a socket");
  }

  /** Cookie of the network namespace that it is in (Linux 5.14). */
  public static long namespaceCookie(int socket) {
    return option(socket, SO_NETNS_COOKIE, Long.BYTES, "ask for the network namespace of a socket");
  }

  private static long option(int socket, int option, int size, String tried) {
    try (Memory value = Attr.zeroed(Long.BYTES)) {
      IntByReference length = new IntByReference(size);
      if (Libc.getsockopt(socket, SOL_SOCKET, option, value, length.getPointer()) != 0) {
        throw new SysException(tried);
      }
      return size == Long.BYTES ? value.getLong(0) : value.getInt(0);
    }
  }

  /** Its own end; empty if that is no internet address. */
  public static Optional<InetSocketAddress> local(int socket) {
    return end(socket, Libc::getsockname, "ask for the local end of a socket");
  }

  /** The other end; fails with ENOTCONN if there is none. */
  public static Optional<InetSocketAddress> remote(int socket) {
    return end(socket, Libc::getpeername, "ask for the remote end of a socket");
  }

  @FunctionalInterface
  private interface NameCall {
    int ask(int socket, Pointer address, Pointer length);
  }

  private static Optional<InetSocketAddress> end(int socket, NameCall call, String tried) {
    try (Memory address = Attr.zeroed(SOCKADDR_STORAGE)) {
      IntByReference length = new IntByReference(SOCKADDR_STORAGE);
      if (call.ask(socket, address, length.getPointer()) != 0) {
        throw new SysException(tried);
      }
      return switch (address.getShort(0)) {
        case AF_INET -> Optional.of(end(address, ADDRESS, 4));
        case AF_INET6 -> Optional.of(end(address, ADDRESS6, 16));
        default -> Optional.empty();
      };
    }
  }

  private static InetSocketAddress end(Memory sockaddr, int at, int length) {
    int port = ByteBuffer.wrap(sockaddr.getByteArray(PORT, Short.BYTES)).getShort() & 0xffff;
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(sockaddr.getByteArray(at, length)), port);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes, not " + length, e);
    }
  }
}
