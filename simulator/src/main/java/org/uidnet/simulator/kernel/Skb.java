package org.uidnet.simulator.kernel;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A packet at a hook. Mutable, so that one may be used for a whole stream; not thread-safe. */
public final class Skb {
  /** EtherTypes. */
  public static final int IPV4 = 0x0800;

  public static final int IPV6 = 0x86dd;

  private @Nullable Socket socket;
  private int ifindex;
  private int protocol;
  private int length;
  private int gsoSize;
  private int gsoSegments;
  private int mark;
  private byte[] head = new byte[0];

  /** The socket that sends or receives it; none for packets that no full socket answers for. */
  public Skb from(@Nullable Socket owner) {
    socket = owner;
    return this;
  }

  public Skb on(int interfaceIndex) {
    ifindex = interfaceIndex;
    return this;
  }

  /**
   * What it carries.
   *
   * @param etherType {@link #IPV4} or {@link #IPV6}
   * @param bytes the first bytes, from the network header on; the rest reads as 0. Not copied
   * @param total bytes from the network header on
   */
  public Skb carrying(int etherType, byte[] bytes, int total) {
    Objects.checkIndex(bytes.length, total + 1);
    protocol = etherType;
    head = bytes;
    length = total;
    gsoSize = 0;
    gsoSegments = 0;
    return this;
  }

  /** It stands for many packets, each with at most so many bytes of payload; 0: for itself only. */
  public Skb segmented(int payload, int segments) {
    gsoSize = payload;
    gsoSegments = segments;
    return this;
  }

  /** What netfilter or the driver has marked it with. */
  public Skb marked(int value) {
    mark = value;
    return this;
  }

  @Nullable Socket socket() {
    return socket;
  }

  int ifindex() {
    return ifindex;
  }

  int protocol() {
    return protocol;
  }

  int length() {
    return length;
  }

  int gsoSize() {
    return gsoSize;
  }

  int gsoSegments() {
    return gsoSegments;
  }

  int mark() {
    return mark;
  }

  byte[] head() {
    return head;
  }
}
