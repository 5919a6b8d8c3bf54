package org.uidnet.simulator.world;

import java.util.Optional;
import java.util.SplittableRandom;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.scenario.Exchange;

/**
 * Makes the sockets of one conversation.
 *
 * @param ipv6 if the exchange leaves that to chance
 */
record Sockets(Host host, Net net, long uid, Exchange exchange, boolean ipv6) {
  private static final int SOCK_STREAM = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int ICMP = 1;
  private static final int ICMPV6 = 58;

  Sockets {
    ipv6 = exchange.over().isIpv6(ipv6);
  }

  /** The one that says or hears the first packet; empty if the user may not make sockets. */
  Optional<Socket> first() {
    return exchange.server() && exchange.over().isTcp()
        ? net.listener(host.kernel(), uid, family(), type(), protocol())
        : another();
  }

  Optional<Socket> another() {
    return host.kernel().trySocket(uid, net.namespace(), family(), type(), protocol());
  }

  Conversation conversation(Link link, SplittableRandom random) {
    if (exchange.over().isTcp()) {
      return new TcpConversation(
          link, exchange, random, ipv6, () -> host.kernel().accept(link.socket(), uid));
    }
    return exchange.over().isPing()
        ? new PingConversation(link, exchange, random, ipv6)
        : new UdpConversation(link, exchange, random, ipv6);
  }

  private int family() {
    return ipv6 ? Socket.AF_INET6 : Socket.AF_INET;
  }

  private int type() {
    return exchange.over().isTcp() ? SOCK_STREAM : SOCK_DGRAM;
  }

  private int protocol() {
    if (exchange.over().isTcp()) {
      return TCP;
    }
    if (exchange.over().isPing()) {
      return ipv6 ? ICMPV6 : ICMP;
    }
    return UDP;
  }
}
