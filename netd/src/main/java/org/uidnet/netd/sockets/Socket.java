package org.uidnet.netd.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.uidnet.programs.object.Bytes;

/**
 * One socket as the diagnostics show it.
 *
 * @param state a {@code TCP_*} number, for UDP too
 * @param uid of the host, whatever user namespace the socket is in
 * @param cgroup id of the cgroup that it was made in; 0 where the kernel does not tell
 * @param inode 0 while no program has accepted it
 * @param name what the kernel finds it by: ends, device and cookie, as it wrote them
 */
record Socket(
    Family family,
    int state,
    InetSocketAddress local,
    InetSocketAddress remote,
    long uid,
    long cgroup,
    long inode,
    Bytes name) {

  /** Where the addresses of a socket live. */
  enum Family {
    IPV4(2, 4),
    IPV6(10, 16);

    final int number;
    final int addressLength;

    Family(int number, int addressLength) {
      this.number = number;
      this.addressLength = addressLength;
    }

    static Family of(InetAddress address) {
      return address.getAddress().length == IPV4.addressLength ? IPV4 : IPV6;
    }
  }

  /** Which sockets a question is about. */
  enum Protocol {
    TCP(6, 1 << 1 | 1 << 2 | 1 << 3), // established, SYN sent, SYN received
    /** Connected ones: an unconnected one is to UDP what a listener is to TCP. */
    UDP(17, 1 << 1);

    final int number;
    final int liveStates;

    Protocol(int number, int liveStates) {
      this.number = number;
      this.liveStates = liveStates;
    }

    boolean isLive(int state) {
      return (liveStates >> state & 1) == 1;
    }
  }

  /**
   * Whether its UID is known: half-open connections, and before Linux 6.16 those that wait to be
   * accepted, show UID 0 whosever they are.
   */
  boolean hasOwner() {
    return uid != 0 || inode != 0;
  }

  /** Whether its packets stay on this host, as Android judges it. */
  boolean isLoopback() {
    InetAddress here = local.getAddress();
    InetAddress there = remote.getAddress();
    return here.isLoopbackAddress() || there.isLoopbackAddress() || here.equals(there);
  }
}
