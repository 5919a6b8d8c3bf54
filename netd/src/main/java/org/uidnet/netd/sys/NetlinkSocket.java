package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A netlink socket, together with the buffers for its calls. It belongs for ever to the network
 * namespace of the thread that opened it, and keeps that namespace alive until closed.
 *
 * <p>Not thread-safe. All native memory comes from {@link Buffers}, so that a thread that has left
 * its namespace allocates nothing: an allocation may make JNA start its cleaner thread, which would
 * inherit the namespace and hold on to it.
 */
public final class NetlinkSocket implements AutoCloseable {
  private static final int AF_NETLINK = 16;
  private static final int SOCK_RAW = 3;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_NETNS_COOKIE = 71;
  private static final int MSG_TRUNC = 0x20;

  /**
   * The answers of an unbusy kernel take microseconds; a silent one must not hold up the daemon.
   */
  private static final long RECEIVE_SECONDS = 5;

  private final Fd fd;
  private final Buffers buffers;

  private NetlinkSocket(Fd fd, Buffers buffers) {
    this.fd = fd;
    this.buffers = buffers;
  }

  /** Whom of the kernel the socket talks to. */
  public enum Protocol {
    ROUTE(0),
    SOCKET_DIAGNOSTICS(4);

    private final int number;

    Protocol(int number) {
      this.number = number;
    }
  }

  /** Native memory for one thread's sockets, one open at a time. */
  public static final class Buffers implements AutoCloseable {
    /** More than the kernel puts into one dump message (32 KiB). */
    private static final int MESSAGE = 64 * 1024;

    private static final int SMALL = 256;

    private final Memory message = new Memory(MESSAGE);
    private final Memory small = new Memory(SMALL);
    private final Memory length = new Memory(Integer.BYTES);

    /** In this machine's byte order, as netlink speaks. */
    private final ByteBuffer view =
        message.getByteBuffer(0, MESSAGE).order(ByteOrder.nativeOrder());

    @Override
    public void close() {
      message.close();
      small.close();
      length.close();
    }
  }

  public static NetlinkSocket open(Protocol protocol, Buffers buffers) {
    Fd fd =
        Fd.owning(
            Libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol.number),
            "open a netlink socket");
    NetlinkSocket socket = new NetlinkSocket(fd, buffers);
    socket.limitWaiting();
    return socket;
  }

  private void limitWaiting() {
    Pointer time = buffers.small;
    time.setLong(0, RECEIVE_SECONDS);
    time.setLong(Long.BYTES, 0);
    if (Libc.setsockopt(fd.number(), SOL_SOCKET, SO_RCVTIMEO, time, 2 * Long.BYTES) < 0) {
      int errno = Errno.last();
      close();
      throw new SysException("set the time-out of a netlink socket", errno);
    }
  }

  /** The cookie of the socket's network namespace, which is never given to another one. */
  public long namespaceCookie() {
    buffers.length.setInt(0, Long.BYTES);
    if (Libc.getsockopt(fd.number(), SOL_SOCKET, SO_NETNS_COOKIE, buffers.small, buffers.length)
        < 0) {
      throw new SysException("ask for the cookie of a network namespace");
    }
    return buffers.small.getLong(0);
  }

  /** Sends one request, given in this machine's byte order. */
  public void send(byte[] request) {
    buffers.message.write(0, request, 0, request.length);
    if (Libc.sendto(fd.number(), buffers.message, request.length, 0, Pointer.NULL, 0) < 0) {
      throw new SysException("send a netlink request");
    }
  }

  /** The next answer: one or more messages. The buffer is valid until the next call. */
  public ByteBuffer receive() {
    long length = Libc.recv(fd.number(), buffers.message, Buffers.MESSAGE, MSG_TRUNC);
    if (length < 0) {
      throw new SysException("receive a netlink answer");
    }
    if (length > Buffers.MESSAGE) {
      throw new SysException("receive a netlink answer of " + length + " bytes", Errno.ENOSPC);
    }
    return buffers.view.duplicate().order(ByteOrder.nativeOrder()).limit((int) length);
  }

  int number() {
    return fd.number();
  }

  /** At least as much as the largest structure of {@link Ethtool}. */
  Memory small() {
    return buffers.small;
  }

  @Override
  public void close() {
    fd.close();
  }
}
