package org.uidnet.programs;

import java.net.InetSocketAddress;
import java.util.Optional;

/** How somebody tells which socket they mean. */
public sealed interface SocketName {
  /**
   * A descriptor of a process.
   *
   * @param pid in the daemon's pid namespace, from 1 on
   * @param descriptor from 0 on
   */
  record OfProcess(int pid, int descriptor) implements SocketName {
    @Override
    public String toString() {
      return "descriptor " + descriptor + " of process " + pid;
    }
  }

  /**
   * The socket of a process with these ends, for clients that know no descriptor numbers. An IPv4
   * address stands for the IPv6 address that it is mapped to, too, and any address for that of the
   * other family.
   *
   * @param remote empty: it is not connected
   */
  record ByEnds(
      int pid, Transport protocol, InetSocketAddress local, Optional<InetSocketAddress> remote)
      implements SocketName {
    @Override
    public String toString() {
      return "the %s socket from %s to %s of process %d"
          .formatted(protocol, text(local), remote.map(ByEnds::text).orElse("nowhere"), pid);
    }

    private static String text(InetSocketAddress end) {
      String address = end.getAddress().getHostAddress();
      return (address.contains(":") ? "[" + address + "]" : address) + ":" + end.getPort();
    }
  }

  /** A descriptor of the daemon's own: a socket that was passed to it, and stays its giver's. */
  record Passed(int descriptor) implements SocketName {
    @Override
    public String toString() {
      return "the socket that was passed";
    }
  }

  /** The protocols whose sockets can be tagged. */
  enum Transport {
    TCP(6),
    UDP(17);

    private final int number;

    Transport(int number) {
      this.number = number;
    }

    /** Of IP. */
    public int number() {
      return number;
    }
  }
}
