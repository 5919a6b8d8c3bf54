package org.uidnet.simulator.kernel;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Headers of a made-up packet, and how many bytes of them every segment repeats. */
final class Headers {
  private static final int HOP_BY_HOP = 0;
  private static final int ROUTING = 43;
  private static final int FRAGMENT = 44;
  private static final int AUTHENTICATION = 51;
  private static final int DESTINATION = 60;
  private static final int MOST_EXTENSIONS = 8;

  final int etherType;
  final byte[] bytes;
  private final int repeated;
  private final String story;

  private Headers(int etherType, byte[] bytes, int repeated, String story) {
    this.etherType = etherType;
    this.bytes = bytes;
    this.repeated = repeated;
    this.story = story;
  }

  /** 0 where that cannot be told. */
  int repeated() {
    return repeated;
  }

  @Override
  public String toString() {
    return story;
  }

  static Headers any(SplittableRandom random) {
    return random.nextBoolean() ? ipv4(random) : ipv6(random);
  }

  private static Headers ipv4(SplittableRandom random) {
    int words = random.nextInt(4) == 0 ? random.nextInt(16) : 5;
    int protocol = protocol(random);
    byte[] network = new byte[Math.max(20, words * 4)];
    network[0] = (byte) (0x40 | words);
    network[9] = (byte) protocol;
    return with(Skb.IPV4, network, words * 4, protocol, random, "IPv4 of " + words + " words");
  }

  private static Headers ipv6(SplittableRandom random) {
    int extensions = random.nextInt(4) == 0 ? random.nextInt(11) : random.nextInt(2);
    List<Integer> kinds = new ArrayList<>();
    for (int i = 0; i < extensions; i++) {
      int[] any = {HOP_BY_HOP, ROUTING, AUTHENTICATION, DESTINATION};
      kinds.add(any[random.nextInt(any.length)]);
    }
    int protocol = protocol(random);
    kinds.add(protocol);
    ByteArrayOutputStream network = new ByteArrayOutputStream();
    byte[] fixed = new byte[40];
    fixed[0] = 0x60;
    fixed[6] = (byte) (int) kinds.get(0);
    network.writeBytes(fixed);
    int known = 40;
    for (int i = 0; i < extensions; i++) {
      int units = random.nextInt(6);
      int size = kinds.get(i) == AUTHENTICATION ? (units + 2) * 4 : (units + 1) * 8;
      byte[] extension = new byte[size];
      extension[0] = (byte) (int) kinds.get(i + 1);
      extension[1] = (byte) units;
      network.writeBytes(extension);
      known += i < MOST_EXTENSIONS ? size : 0;
    }
    // Beyond the eighth the program gives up and takes what it has seen for the network header.
    int transport = extensions > MOST_EXTENSIONS ? HOP_BY_HOP : protocol;
    return with(Skb.IPV6, network.toByteArray(), known, transport, random, "IPv6 with " + kinds);
  }

  private static int protocol(SplittableRandom random) {
    int[] any = {Packets.TCP, Packets.TCP, Packets.UDP, 1, 58, FRAGMENT, 50};
    return any[random.nextInt(any.length)];
  }

  private static Headers with(
      int etherType,
      byte[] network,
      int networkLength,
      int protocol,
      SplittableRandom random,
      String story) {
    byte[] transport = new byte[protocol == Packets.TCP ? 60 : 8];
    int repeated = networkLength;
    if (networkLength == 0) {
      return new Headers(etherType, network, 0, story);
    }
    // The transport header begins where the network header says that it ends.
    byte[] all = Arrays.copyOf(network, Math.max(network.length, networkLength) + transport.length);
    if (protocol == Packets.TCP) {
      int words = random.nextInt(16);
      all[networkLength + 12] = (byte) (words << 4);
      repeated += words * 4;
      story += " and TCP of " + words + " words";
    } else if (protocol == Packets.UDP) {
      repeated += 8;
    }
    return new Headers(etherType, all, repeated, story + ", protocol " + protocol);
  }
}
