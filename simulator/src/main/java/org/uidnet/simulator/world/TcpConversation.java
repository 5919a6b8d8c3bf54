package org.uidnet.simulator.world;

import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.uidnet.simulator.kernel.Socket;
import org.uidnet.simulator.scenario.Exchange;

/** A TCP connection: handshake, data with acknowledgements, farewell. */
final class TcpConversation extends Conversation {
  private static final int LATE_SEGMENT_ONE_IN = 16;
  private static final int HEADER_OF_LATE_SEGMENT = 52;

  private final boolean ipv6;
  private final Supplier<Socket> accept;

  /**
   * Begins nothing yet.
   *
   * @param accept gives the socket of a connection that the other side made
   */
  TcpConversation(
      Link link,
      Exchange exchange,
      SplittableRandom random,
      boolean ipv6,
      Supplier<Socket> accept) {
    super(link, exchange, random, Header.tcp(ipv6, true), Header.tcp(ipv6, false));
    this.ipv6 = ipv6;
    this.accept = accept;
  }

  @Override
  boolean open(NetworkDevice device) {
    Header out = Header.tcpSyn(ipv6, true, exchange.server());
    Header in = Header.tcpSyn(ipv6, false, !exchange.server());
    if (!exchange.server()) {
      return link.connect(device, ipv6)
          && link.send(device, out, 0, 1)
          && link.receive(device, in, 0, 1)
          && send(device, 0, 1);
    }
    boolean opened =
        link.receive(device, in, 0, 1) && link.send(device, out, 0, 1) && receive(device, 0, 1);
    if (opened) {
      link.handOver(accept.get());
    }
    return opened;
  }

  @Override
  boolean acknowledge(NetworkDevice device, boolean wasSent) {
    return wasSent ? receive(device, 0, 1) : send(device, 0, 1);
  }

  /** Sometimes the last segment comes again, when no full socket is left to answer for it. */
  @Override
  void close(NetworkDevice device) {
    boolean said = send(device, 0, 1) && receive(device, 0, 1) && send(device, 0, 1);
    if (said && !device.isLoopback() && chance(LATE_SEGMENT_ONE_IN)) {
      device.receiveForNoSocket(HEADER_OF_LATE_SEGMENT);
      device.sendOfNoSocket(HEADER_OF_LATE_SEGMENT);
    }
  }
}
