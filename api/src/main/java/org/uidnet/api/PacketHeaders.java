package org.uidnet.api;

import java.util.Map;
import java.util.Optional;
import org.uidnet.api.model.TracedPacket.Headers;
import org.uidnet.programs.Trace;

/** What a trace says of a packet's headers, in the words of those who know protocols. */
final class PacketHeaders {
  private static final int ICMP = 1;
  private static final int TCP = 6;
  private static final int UDP = 17;
  private static final int DCCP = 33;
  private static final int ICMPV6 = 58;
  private static final int SCTP = 132;
  private static final int UDP_LITE = 136;

  /** By IANA's numbers: those that sockets use. */
  private static final Map<Integer, String> NAMES =
      Map.of(
          ICMP, "icmp", TCP, "tcp", UDP, "udp", DCCP, "dccp", 47, "gre", 50, "esp", ICMPV6,
          "icmpv6", SCTP, "sctp", UDP_LITE, "udplite");

  /** From the lowest bit on (RFC 9293, 3.1). */
  private static final String TCP_FLAGS = "FSRPAUEC";

  private PacketHeaders() {}

  static Headers of(Trace packet) {
    int protocol = packet.protocol();
    boolean icmp = protocol == ICMP || protocol == ICMPV6;
    boolean ports = hasPorts(packet);
    return new Headers(
        packet.version(),
        protocol,
        Optional.ofNullable(NAMES.get(protocol)),
        only(ports, packet.sourcePort()),
        only(ports, packet.targetPort()),
        only(icmp, packet.sourcePort()),
        only(icmp, packet.targetPort()),
        protocol == TCP && ports ? Optional.of(letters(packet.tcpFlags())) : Optional.empty());
  }

  /** Both are 0 in later pieces of a datagram, and in no other packet. */
  private static boolean hasPorts(Trace packet) {
    return switch (packet.protocol()) {
      case TCP, UDP, DCCP, SCTP, UDP_LITE -> packet.sourcePort() != 0 || packet.targetPort() != 0;
      default -> false;
    };
  }

  private static Optional<Integer> only(boolean present, int value) {
    return present ? Optional.of(value) : Optional.empty();
  }

  private static String letters(int flags) {
    var letters = new StringBuilder();
    for (int bit = 0; bit < TCP_FLAGS.length(); bit++) {
      if ((flags >> bit & 1) != 0) {
        letters.append(TCP_FLAGS.charAt(bit));
      }
    }
    return letters.toString();
  }
}
