package org.uidnet.netd.tags;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.Pidfd;
import org.uidnet.netd.sys.SocketFacts;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.ErrnoException;
import org.uidnet.programs.OpenSocket;
import org.uidnet.programs.SocketName.ByEnds;

/**
 * A search through the descriptors of a process for the one socket with given ends. Ends are asked
 * of the copy, so the answer is that socket, whatever becomes of the descriptor. Used by one
 * thread; what was not taken as its result is closed with it.
 */
final class SocketSearch implements AutoCloseable {
  private final Fd process;
  private final ByEnds wanted;
  private Optional<HeldSocket> found = Optional.empty();

  SocketSearch(Fd process, ByEnds wanted) {
    this.process = process;
    this.wanted = wanted;
  }

  /** Looks at one descriptor; it may be closed by now, or another one. */
  void look(int descriptor) {
    copy(descriptor)
        .ifPresent(
            fd -> {
              if (fits(fd)) {
                found(HeldSocket.owning(fd));
              } else {
                fd.close();
              }
            });
  }

  private Optional<Fd> copy(int descriptor) {
    try {
      return Optional.of(Pidfd.get(process, descriptor));
    } catch (SysException e) {
      if (e.errno() == Errno.EBADF) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean fits(Fd fd) {
    int socket = fd.number();
    try {
      return isOfProtocol(socket)
          && SocketFacts.local(socket).filter(end -> isSame(end, wanted.local())).isPresent()
          && fitsRemote(remote(socket));
    } catch (SysException e) {
      return false; // no socket any more
    }
  }

  private boolean isOfProtocol(int socket) {
    int domain = SocketFacts.domain(socket);
    return (domain == OpenSocket.AF_INET || domain == OpenSocket.AF_INET6)
        && SocketFacts.protocol(socket) == wanted.protocol().number();
  }

  private static Optional<InetSocketAddress> remote(int socket) {
    try {
      return SocketFacts.remote(socket);
    } catch (SysException e) {
      if (e.errno() == Errno.ENOTCONN) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean fitsRemote(Optional<InetSocketAddress> remote) {
    return (remote.isPresent() && wanted.remote().isPresent())
        ? isSame(remote.get(), wanted.remote().get())
        : remote.equals(wanted.remote());
  }

  /** Java shows IPv6 sockets of IPv4 connections with IPv4 addresses, as we do. */
  private static boolean isSame(InetSocketAddress end, InetSocketAddress other) {
    InetAddress address = end.getAddress();
    InetAddress wanted = other.getAddress();
    return end.getPort() == other.getPort()
        && (address.equals(wanted) || (address.isAnyLocalAddress() && wanted.isAnyLocalAddress()));
  }

  /** Several descriptors may be of one socket. */
  private void found(HeldSocket socket) {
    boolean another = found.filter(first -> first.cookie() != socket.cookie()).isPresent();
    if (found.isPresent()) {
      socket.close();
    } else {
      found = Optional.of(socket);
    }
    if (another) {
      throw new ErrnoException(
          "ENOTUNIQ",
          "Process %d has several sockets with these ends: name the descriptor."
              .formatted(wanted.pid()));
    }
  }

  /** What was found; the caller closes it. */
  OpenSocket result() {
    HeldSocket socket =
        found.orElseThrow(
            () -> new ErrnoException("EBADF", "There is no such socket: " + wanted + "."));
    found = Optional.empty();
    return socket;
  }

  @Override
  public void close() {
    found.ifPresent(HeldSocket::close);
  }
}
