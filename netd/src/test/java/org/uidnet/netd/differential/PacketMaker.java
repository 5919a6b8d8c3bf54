package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes packets: plausible ones, and those that nobody should send. */
final class PacketMaker {
  private static final int[] ETHER_TYPES = {0x0800, 0x0800, 0x0800, 0x86dd, 0x86dd, 0x86dd, 0x88b5};
  private static final int[] PROTOCOLS = {6, 6, 6, 17, 17, 1, 58, 47, 50, 132, 255};
  private static final int[] EXTENSIONS = {0, 43, 51, 60, 0, 43, 51, 60, 44, 50, 59, 135};
  private static final int[] GSO_SIZES = {1, 2, 3, 7, 536, 1217, 1448, 1460, 32_768, 65_535};

  /** What rules about addresses are made of, in the form of the maps. */
  static final List<byte[]> ADDRESSES =
      List.of(
          mapped(10, 0, 0, 1), mapped(192, 168, 1, 7), mapped(8, 8, 8, 8), ipv6(0xfd), ipv6(32));

  private static final List<byte[]> IPV4 =
      ADDRESSES.subList(0, 3).stream().map(mapped -> Arrays.copyOfRange(mapped, 12, 16)).toList();
  private static final List<byte[]> IPV6 = ADDRESSES.subList(2, 5);

  private static final int TCP = 6;
  private static final int AUTHENTICATION = 51;

  private final SplittableRandom random;
  private final int[] interfaces;

  PacketMaker(SplittableRandom random, int... interfaces) {
    this.random = random;
    this.interfaces = interfaces;
  }

  private static byte[] mapped(int... bytes) {
    byte[] address = new byte[16];
    address[10] = -1;
    address[11] = -1;
    for (int i = 0; i < bytes.length; i++) {
      address[12 + i] = (byte) bytes[i];
    }
    return address;
  }

  private static byte[] ipv6(int first) {
    byte[] address = new byte[16];
    address[0] = (byte) first;
    address[15] = 1;
    return address;
  }

  Packet packet() {
    int etherType = pick(ETHER_TYPES);
    // Now and then the type and the version do not agree.
    boolean ipv6 = etherType == 0x86dd ^ random.nextInt(20) == 0;
    byte[] bytes = bytes(ipv6, shortest(etherType));
    return new Packet(
        random.nextBoolean(),
        pick(interfaces),
        etherType,
        gsoSize(bytes.length),
        random.nextInt(5) == 0 ? random.nextInt(65_536) : 0,
        random.nextInt(3) == 0 ? random.nextInt() : 0,
        bytes);
  }

  private int gsoSize(int length) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> 0;
      case 3 -> pick(GSO_SIZES);
      case 4 -> Math.max(0, length - random.nextInt(120));
      default -> 1 + random.nextInt(1_500);
    };
  }

  /** The facility refuses shorter ones, as the stack does; those of other types may be cut off. */
  private static int shortest(int etherType) {
    return switch (etherType) {
      case 0x0800 -> 20;
      case 0x86dd -> 40;
      default -> 1;
    };
  }

  private byte[] bytes(boolean ipv6, int shortest) {
    ByteBuffer buffer = ByteBuffer.allocate(TestRun.LONGEST);
    random.nextBytes(buffer.array());
    int headers = ipv6 ? ipv6(buffer) : ipv4(buffer);
    byte[] cut = new byte[Math.max(shortest, length(Math.min(headers, TestRun.LONGEST)))];
    buffer.get(0, cut);
    return cut;
  }

  /** Around the end of the headers, in the middle of them, or anything up to the longest. */
  private int length(int headers) {
    int length =
        switch (random.nextInt(4)) {
          case 0 -> headers + random.nextInt(-3, 4);
          case 1 -> 1 + random.nextInt(Math.max(1, headers));
          case 2 -> headers + random.nextInt(200);
          default -> 1 + random.nextInt(TestRun.LONGEST);
        };
    return Math.min(TestRun.LONGEST, Math.max(1, length));
  }

  private int ipv4(ByteBuffer buffer) {
    int words = random.nextInt(3) == 0 ? random.nextInt(16) : 5;
    int protocol = pick(PROTOCOLS);
    buffer.put(0, (byte) (0x40 | words)).put(9, (byte) protocol);
    buffer.put(12, known(IPV4)).put(16, known(IPV4));
    return words * 4 + transport(buffer, words * 4, protocol);
  }

  private int ipv6(ByteBuffer buffer) {
    buffer.put(0, (byte) 0x60);
    buffer.put(8, known(IPV6)).put(24, known(IPV6));
    int chain = random.nextBoolean() ? 0 : random.nextInt(12);
    int nextAt = 6;
    int at = 40;
    for (int i = 0; i < chain && at + 2 < TestRun.LONGEST; i++) {
      int kind = pick(EXTENSIONS);
      int length = random.nextInt(10) == 0 ? random.nextInt(256) : random.nextInt(4);
      buffer.put(nextAt, (byte) kind).put(at + 1, (byte) length);
      nextAt = at;
      at += kind == AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8;
    }
    int protocol = pick(PROTOCOLS);
    if (nextAt < TestRun.LONGEST) {
      buffer.put(nextAt, (byte) protocol);
    }
    return at + transport(buffer, at, protocol);
  }

  private int transport(ByteBuffer buffer, int at, int protocol) {
    int words = random.nextInt(3) == 0 ? random.nextInt(16) : 8;
    if (protocol == TCP && at + 12 < TestRun.LONGEST) {
      buffer.put(at + 12, (byte) (words << 4));
    }
    return protocol == TCP ? words * 4 : 8;
  }

  /** One of a few addresses, which rules know. */
  private byte[] known(List<byte[]> addresses) {
    return addresses.get(random.nextInt(addresses.size()));
  }

  private int pick(int... from) {
    return from[random.nextInt(from.length)];
  }
}
