package org.uidnet.programs;

import java.net.InetAddress;

/**
 * Addresses with a common beginning, such as 192.168.0.0/16.
 *
 * @param length bits: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record Prefix(InetAddress address, int length) {
  public Prefix {
    int most = address.getAddress().length * Byte.SIZE;
    if (length < 0 || length > most) {
      throw new IllegalArgumentException(
          "a prefix of %s has 0 to %d bits, not %d"
              .formatted(address.getHostAddress(), most, length));
    }
    requireNothingBehind(address.getAddress(), length);
  }

  private static void requireNothingBehind(byte[] bytes, int length) {
    for (int bit = length; bit < bytes.length * Byte.SIZE; bit++) {
      if (((bytes[bit / Byte.SIZE] >> (7 - bit % Byte.SIZE)) & 1) != 0) {
        throw new IllegalArgumentException(
            "bits are set behind the first %d of the prefix".formatted(length));
      }
    }
  }

  @Override
  public String toString() {
    return address.getHostAddress() + "/" + length;
  }
}
