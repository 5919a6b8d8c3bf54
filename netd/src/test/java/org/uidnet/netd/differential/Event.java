package org.uidnet.netd.differential;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** One entry of the recorder's log, see {@code recorder.h}. */
record Event(
    Kind kind,
    int length,
    int etherType,
    int ifindex,
    int gsoSize,
    int gsoSegments,
    long uid,
    boolean full,
    long netns,
    long socket,
    int family,
    int type,
    int protocol,
    int operation,
    long result,
    byte[] address,
    int port,
    byte[] head) {
  static final int SIZE = 256;

  private static final int ADDRESS_AT = 72;
  private static final int ADDRESS_SIZE = 16;
  private static final int PORT_AT = 88;
  private static final int HEAD_AT = 128;
  private static final int IPV6_HEADER = 40;
  private static final int[] NO_PORTS = {0, 0};
  private static final int TCP = 6;
  private static final int DESTINATION_OPTIONS = 60;

  enum Kind {
    NONE,
    INGRESS,
    EGRESS,
    CREATE,
    CONNECT,
    BIND,
    BEGIN,
    END
  }

  /** The first so many events of a log. */
  static List<Event> read(ByteBuffer log, int count) {
    if (count > log.capacity() / SIZE) {
      throw new AssertionError(count + " events do not fit into the log: make rounds shorter");
    }
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(at(log, i * SIZE));
    }
    return events;
  }

  private static Event at(ByteBuffer log, int at) {
    int length = log.getInt(at + 4);
    byte[] head = new byte[Math.min(length, SIZE - HEAD_AT)];
    log.get(at + HEAD_AT, head);
    byte[] address = new byte[Math.min(length, ADDRESS_SIZE)];
    log.get(at + ADDRESS_AT, address);
    return new Event(
        Kind.values()[log.getInt(at)],
        length,
        networkOrder(log.getInt(at + 8)),
        log.getInt(at + 12),
        log.getInt(at + 16),
        log.getInt(at + 20),
        Integer.toUnsignedLong(log.getInt(at + 24)),
        log.getInt(at + 28) != 0,
        log.getLong(at + 32),
        log.getLong(at + 40),
        log.getInt(at + 48),
        log.getInt(at + 52),
        log.getInt(at + 56),
        log.getInt(at + 60),
        log.getLong(at + 64),
        address,
        networkOrder(log.getInt(at + PORT_AT)),
        head);
  }

  private static int networkOrder(int twoBytes) {
    return Short.toUnsignedInt(Short.reverseBytes((short) twoBytes));
  }

  /** The port on this side of a TCP packet. */
  int localPort() {
    int[] ports = ports();
    return kind == Kind.EGRESS ? ports[0] : ports[1];
  }

  private int[] ports() {
    ByteBuffer packet = ByteBuffer.wrap(head);
    boolean ipv6 = etherType == 0x86dd;
    int protocol = packet.get(ipv6 ? 6 : 9);
    int at = ipv6 ? IPV6_HEADER : (packet.get(0) & 15) * 4;
    if (ipv6 && protocol == DESTINATION_OPTIONS) {
      protocol = packet.get(at);
      at += (packet.get(at + 1) + 1) * 8;
    }
    return protocol == TCP
        ? new int[] {
          Short.toUnsignedInt(packet.getShort(at)), Short.toUnsignedInt(packet.getShort(at + 2))
        }
        : NO_PORTS;
  }

  /** One line, without the bytes of the packet. */
  @Override
  public String toString() {
    return switch (kind) {
      case INGRESS, EGRESS ->
          "  %-7s socket %d, uid %d, netns %d, if %d, type %04x, %d bytes, gso %d/%d"
              .formatted(
                  kind, socket, uid, netns, ifindex, etherType, length, gsoSize, gsoSegments);
      case CREATE ->
          "  CREATE  socket %d, uid %d, netns %d, family %d, type %d, protocol %d"
              .formatted(socket, uid, netns, family, type, protocol);
      case CONNECT, BIND ->
          "  %-7s socket %d, uid %d, netns %d, if %d, family %d, type %d, protocol %d, to %s:%d"
              .formatted(
                  kind,
                  socket,
                  uid,
                  netns,
                  ifindex,
                  family,
                  type,
                  protocol,
                  HexFormat.of().formatHex(address),
                  port);
      default -> "%s %d: %d, socket %d".formatted(kind, operation, result, socket);
    };
  }
}
