package org.uidnet.simulator.world;

import java.util.SplittableRandom;
import org.uidnet.simulator.scenario.Exchange;

/** Datagrams, with an answer to each burst as QUIC and calls have it. */
final class UdpConversation extends Conversation {
  private static final int ANSWER = 40;

  UdpConversation(Link link, Exchange exchange, SplittableRandom random, boolean ipv6) {
    super(link, exchange, random, Header.udp(ipv6, true), Header.udp(ipv6, false));
  }

  @Override
  boolean acknowledge(NetworkDevice device, boolean wasSent) {
    return wasSent ? receive(device, ANSWER, ANSWER) : send(device, ANSWER, ANSWER);
  }
}
