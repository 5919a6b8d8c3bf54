package org.uidnet.simulator.world;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.uidnet.simulator.kernel.Skb;

/**
 * Network and transport header of a packet, with real bytes, since the programs read them. Made
 * once for a conversation; only lengths change from packet to packet. Checksums are 0, as where the
 * device computes them.
 */
final class Header {
  static final int REMOTE_PORT = 443;

  private static final int IPV4 = 20;
  private static final int IPV6 = 40;
  private static final int TCP = 20;
  private static final int UDP = 8;
  private static final int ICMP = 8;
  private static final int HOPS = 64;
  private static final int PROTOCOL_TCP = 6;
  private static final int PROTOCOL_UDP = 17;
  private static final int PROTOCOL_ICMP = 1;
  private static final int PROTOCOL_ICMPV6 = 58;
  private static final int SYN = 0x02;
  private static final int ACK = 0x10;
  private static final int WINDOW = 64_240;

  /** MSS, SACK permitted, timestamps, no-op, window scale. */
  private static final byte[] SYN_OPTIONS = {
    2, 4, 5, (byte) 0xb4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 0, 1, 3, 3, 7
  };

  /** Two no-ops, timestamps. */
  private static final byte[] TIMESTAMPS = {1, 1, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2};

  /** Addresses for documentation: 192.0.2.1, 198.51.100.1, and 2001:db8::1. */
  private static final byte[] HERE = {(byte) 192, 0, 2, 1};

  private static final byte[] THERE = {(byte) 198, 51, 100, 1};
  private static final byte[] PREFIX = {0x20, 0x01, 0x0d, (byte) 0xb8};

  private final boolean ipv6;
  private final int udpAt;
  private final ByteBuffer bytes;

  private Header(boolean ipv6, boolean outgoing, int protocol, byte[] transport) {
    this.ipv6 = ipv6;
    int network = ipv6 ? IPV6 : IPV4;
    udpAt = protocol == PROTOCOL_UDP ? network : -1;
    bytes = ByteBuffer.allocate(network + transport.length);
    putNetwork(outgoing, protocol);
    bytes.put(network, transport);
  }

  /** The first packet of a connection. */
  static Header tcpSyn(boolean ipv6, boolean outgoing, boolean answer) {
    return new Header(
        ipv6, outgoing, PROTOCOL_TCP, tcp(outgoing, answer ? SYN | ACK : SYN, SYN_OPTIONS));
  }

  /** Any later packet of a connection. */
  static Header tcp(boolean ipv6, boolean outgoing) {
    return new Header(ipv6, outgoing, PROTOCOL_TCP, tcp(outgoing, ACK, TIMESTAMPS));
  }

  static Header udp(boolean ipv6, boolean outgoing) {
    ByteBuffer udp = ByteBuffer.allocate(UDP);
    putPorts(udp, outgoing);
    return new Header(ipv6, outgoing, PROTOCOL_UDP, udp.array());
  }

  /** An echo request, or an answer to one. */
  static Header ping(boolean ipv6, boolean outgoing) {
    int request = ipv6 ? 128 : 8;
    int reply = ipv6 ? 129 : 0;
    byte[] icmp = new byte[ICMP];
    icmp[0] = (byte) (outgoing ? request : reply);
    return new Header(ipv6, outgoing, ipv6 ? PROTOCOL_ICMPV6 : PROTOCOL_ICMP, icmp);
  }

  private static byte[] tcp(boolean outgoing, int flags, byte[] options) {
    ByteBuffer tcp = ByteBuffer.allocate(TCP + options.length);
    putPorts(tcp, outgoing);
    tcp.put(12, (byte) ((tcp.capacity() / 4) << 4));
    tcp.put(13, (byte) flags);
    tcp.putShort(14, (short) WINDOW);
    tcp.put(TCP, options);
    return tcp.array();
  }

  private static void putPorts(ByteBuffer transport, boolean outgoing) {
    transport.putShort(outgoing ? 0 : 2, (short) 40_000);
    transport.putShort(outgoing ? 2 : 0, (short) REMOTE_PORT);
  }

  private void putNetwork(boolean outgoing, int protocol) {
    if (ipv6) {
      bytes.put(0, (byte) 0x60).put(6, (byte) protocol).put(7, (byte) HOPS);
      bytes.put(8, PREFIX).put(23, (byte) (outgoing ? 1 : 2));
      bytes.put(24, PREFIX).put(39, (byte) (outgoing ? 2 : 1));
    } else {
      bytes.put(0, (byte) 0x45).put(8, (byte) HOPS).put(9, (byte) protocol);
      bytes.put(12, outgoing ? HERE : THERE).put(16, outgoing ? THERE : HERE);
    }
  }

  /** Where outgoing packets go. */
  static InetAddress remote(boolean ipv6) {
    byte[] address = ipv6 ? Arrays.copyOf(PREFIX, 16) : THERE;
    if (ipv6) {
      address[15] = 2;
    }
    return address(address);
  }

  static InetAddress loopback(boolean ipv6) {
    byte[] address = ipv6 ? new byte[16] : new byte[] {127, 0, 0, 1};
    address[address.length - 1] = 1;
    return address(address);
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", e);
    }
  }

  int length() {
    return bytes.capacity();
  }

  /** Makes the packet that carries so much. */
  void fill(Skb skb, int payload) {
    int length = length() + payload;
    bytes.putShort(ipv6 ? 4 : 2, (short) (ipv6 ? length - IPV6 : length));
    if (udpAt >= 0) {
      bytes.putShort(udpAt + 4, (short) (length - udpAt));
    }
    skb.carrying(ipv6 ? Skb.IPV6 : Skb.IPV4, bytes.array(), length);
  }
}
