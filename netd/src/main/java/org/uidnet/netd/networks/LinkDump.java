package org.uidnet.netd.networks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.Traffic;

/**
 * One dump of the links of a network namespace: the request, and what the kernel's answers say.
 *
 * <pre>
 *  nlmsghdr                                     ifinfomsg
 * +--------+---------+----------+------+------+ +-----------+---------+----------+-----------------+
 * | len 4  | type 2  | flags 2  | seq 4| pid 4| | family+pad| type 2  | index 4  | flags 4 change 4| attributes
 * +--------+---------+----------+------+------+ +-----------+---------+----------+-----------------+
 *
 *  attribute, padded to 4 bytes                 IFLA_STATS64
 * +--------+---------+---------+                +--------------+--------------+------------+------------+
 * | len 2  | type 2  | payload |                | rx packets 8 | tx packets 8 | rx bytes 8 | tx bytes 8 |
 * +--------+---------+---------+                +--------------+--------------+------------+------------+
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class LinkDump {
  private static final int RTM_NEWLINK = 16;
  private static final int RTM_GETLINK = 18;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLM_F_REQUEST = 0x1;
  private static final int NLM_F_DUMP = 0x300;
  private static final int NLM_F_DUMP_INTR = 0x10;

  private static final int HEADER = 16;
  private static final int LEN = 0;
  private static final int TYPE = LEN + Integer.BYTES;
  private static final int FLAGS = TYPE + Short.BYTES;

  private static final int IFINFO = 16;
  private static final int DEVICE_TYPE = HEADER + 2;
  private static final int IFINDEX = DEVICE_TYPE + Short.BYTES;
  private static final int ATTRIBUTES = HEADER + IFINFO;

  private static final int ATTRIBUTE_HEADER = 4;
  private static final int ATTRIBUTE_TYPE_MASK = 0x3fff;
  private static final int IFLA_IFNAME = 3;
  private static final int IFLA_LINKINFO = 18;
  private static final int IFLA_STATS64 = 23;
  private static final int IFLA_INFO_KIND = 1;

  private static final int RX_PACKETS = 0;
  private static final int TX_PACKETS = RX_PACKETS + Long.BYTES;
  private static final int RX_BYTES = TX_PACKETS + Long.BYTES;
  private static final int TX_BYTES = RX_BYTES + Long.BYTES;
  private static final int STATS = TX_BYTES + Long.BYTES;

  private final List<Link> links = new ArrayList<>();
  private boolean done;
  private boolean interrupted;

  /**
   * One link as the kernel tells it.
   *
   * @param type hardware type, an {@code ARPHRD_} number
   * @param kind the driver's kind, for virtual devices
   */
  record Link(int ifindex, int type, String name, Optional<String> kind, Traffic counters) {}

  /** The request for all links of the socket's namespace. */
  static byte[] request() {
    ByteBuffer request = ByteBuffer.allocate(HEADER + IFINFO).order(ByteOrder.nativeOrder());
    request.putInt(LEN, HEADER + IFINFO);
    request.putShort(TYPE, (short) RTM_GETLINK);
    request.putShort(FLAGS, (short) (NLM_F_REQUEST | NLM_F_DUMP));
    return request.array();
  }

  /** Takes in one answer, which holds one or more messages. */
  void add(ByteBuffer answer) {
    int at = answer.position();
    while (!done && answer.limit() - at >= HEADER) {
      int length = answer.getInt(at + LEN);
      if (length < HEADER || length > answer.limit() - at) {
        throw new SysException("read a netlink message of " + length + " bytes", Errno.EINVAL);
      }
      message(answer.slice(at, length).order(ByteOrder.nativeOrder()));
      at += aligned(length);
    }
  }

  /** Whether the last message has come. */
  boolean isDone() {
    return done;
  }

  /** Whether links came or went meanwhile, so that some may be missing or twice. */
  boolean wasInterrupted() {
    return interrupted;
  }

  List<Link> links() {
    return links;
  }

  private void message(ByteBuffer message) {
    interrupted |= (message.getShort(FLAGS) & NLM_F_DUMP_INTR) != 0;
    switch (Short.toUnsignedInt(message.getShort(TYPE))) {
      case RTM_NEWLINK -> link(message).ifPresent(links::add);
      case NLMSG_DONE -> done = true;
      case NLMSG_ERROR -> fail(message);
      default -> {} // of no concern to us
    }
  }

  private void fail(ByteBuffer message) {
    int error = message.limit() >= HEADER + Integer.BYTES ? message.getInt(HEADER) : 0;
    if (error != 0) {
      throw new SysException("list the network interfaces", -error);
    }
    done = true;
  }

  /** Empty when it lacks a name or counters, which no link does. */
  private static Optional<Link> link(ByteBuffer message) {
    if (message.limit() < ATTRIBUTES) {
      return Optional.empty();
    }
    Optional<String> name = attribute(message, ATTRIBUTES, IFLA_IFNAME).map(LinkDump::text);
    Optional<Traffic> counters =
        attribute(message, ATTRIBUTES, IFLA_STATS64).flatMap(LinkDump::counters);
    Optional<String> kind =
        attribute(message, ATTRIBUTES, IFLA_LINKINFO)
            .flatMap(info -> attribute(info, 0, IFLA_INFO_KIND))
            .map(LinkDump::text);
    int type = Short.toUnsignedInt(message.getShort(DEVICE_TYPE));
    int ifindex = message.getInt(IFINDEX);
    return name.flatMap(n -> counters.map(c -> new Link(ifindex, type, n, kind, c)));
  }

  /** Payload of the first attribute of this type at or after {@code at}. */
  private static Optional<ByteBuffer> attribute(ByteBuffer in, int at, int type) {
    while (in.limit() - at >= ATTRIBUTE_HEADER) {
      int length = Short.toUnsignedInt(in.getShort(at));
      if (length < ATTRIBUTE_HEADER || length > in.limit() - at) {
        return Optional.empty();
      }
      if ((in.getShort(at + Short.BYTES) & ATTRIBUTE_TYPE_MASK) == type) {
        ByteBuffer payload = in.slice(at + ATTRIBUTE_HEADER, length - ATTRIBUTE_HEADER);
        return Optional.of(payload.order(ByteOrder.nativeOrder()));
      }
      at += aligned(length);
    }
    return Optional.empty();
  }

  private static String text(ByteBuffer payload) {
    byte[] bytes = new byte[payload.limit()];
    payload.get(0, bytes);
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static Optional<Traffic> counters(ByteBuffer stats) {
    if (stats.limit() < STATS) {
      return Optional.empty();
    }
    return Optional.of(
        new Traffic(
            stats.getLong(RX_BYTES),
            stats.getLong(RX_PACKETS),
            stats.getLong(TX_BYTES),
            stats.getLong(TX_PACKETS)));
  }

  private static int aligned(int length) {
    return (length + 3) & ~3;
  }
}
