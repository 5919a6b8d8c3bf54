package org.uidnet.simulator.kernel;

/** Headers of packets. */
final class Packets {
  static final int TCP = 6;
  static final int UDP = 17;
  static final int IPV4_UDP = 28;

  private Packets() {}

  /** An IPv4 header and a UDP header. */
  static byte[] ipv4Udp() {
    byte[] head = new byte[IPV4_UDP];
    head[0] = 0x45;
    head[9] = UDP;
    return head;
  }

  /** A datagram without segmentation. */
  static Skb udp(Socket socket, int ifindex, int payload) {
    return new Skb().from(socket).on(ifindex).carrying(Skb.IPV4, ipv4Udp(), IPV4_UDP + payload);
  }
}
