package org.uidnet.programs.layout;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses as programs keep them: 16 bytes in network order, IPv4 mapped into IPv6. */
final class Addresses {
  private static final int IPV4_AT = 12;

  private Addresses() {}

  static byte[] bytes(InetAddress address) {
    byte[] bytes = address.getAddress();
    return bytes.length == 16 ? bytes : mapped(bytes);
  }

  private static byte[] mapped(byte[] ipv4) {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(ipv4, 0, bytes, IPV4_AT, ipv4.length);
    return bytes;
  }

  /** A mapped address gives the IPv4 address. */
  static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  static boolean isMapped(byte[] bytes) {
    return Arrays.equals(
        Arrays.copyOf(bytes, IPV4_AT), Arrays.copyOf(mapped(new byte[4]), IPV4_AT));
  }
}
