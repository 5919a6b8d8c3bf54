package org.uidnet.netd.sockets;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.uidnet.netd.sockets.Socket.Family;
import org.uidnet.netd.sockets.Socket.Protocol;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.NetlinkSocket;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.object.Bytes;

/**
 * Questions about the sockets of one network namespace, and their destruction.
 *
 * <pre>
 *  nlmsghdr                                      inet_diag_req_v2
 * +--------+---------+----------+------+------+ +----------+------------+-------+-------+----------+---------+
 * | len 4  | type 2  | flags 2  | seq 4| pid 4| | family 1 | protocol 1 | ext 1 | pad 1 | states 4 | name 48 |
 * +--------+---------+----------+------+------+ +----------+------------+-------+-------+----------+---------+
 *
 *  inet_diag_msg
 * +----------+---------+---------+-----------+---------+-----------+----------+----------+-------+---------+
 * | family 1 | state 1 | timer 1 | retrans 1 | name 48 | expires 4 | rqueue 4 | wqueue 4 | uid 4 | inode 4 |
 * +----------+---------+---------+-----------+---------+-----------+----------+----------+-------+---------+
 *
 *  name: inet_diag_sockid, ports and addresses in network order
 * +---------------+-------------+----------+-----------+-----------+----------+
 * | source port 2 | dest port 2 | source 16| dest 16   | ifindex 4 | cookie 8 |
 * +---------------+-------------+----------+-----------+-----------+----------+
 * </pre>
 *
 * <p>Not thread-safe.
 */
final class Diagnostics {
  private static final int SOCK_DIAG_BY_FAMILY = 20;
  private static final int SOCK_DESTROY = 21;
  private static final int NLMSG_ERROR = 2;
  private static final int NLMSG_DONE = 3;
  private static final int NLM_F_REQUEST = 0x1;
  private static final int NLM_F_ACK = 0x4;
  private static final int NLM_F_DUMP = 0x300;

  private static final int HEADER = 16;
  private static final int LEN = 0;
  private static final int TYPE = LEN + Integer.BYTES;
  private static final int FLAGS = TYPE + Short.BYTES;

  private static final int FAMILY = HEADER;
  private static final int PROTOCOL = FAMILY + Byte.BYTES;
  private static final int STATES = FAMILY + Integer.BYTES;
  private static final int REQUEST_NAME = STATES + Integer.BYTES;
  private static final int NAME = 48;
  private static final int REQUEST = REQUEST_NAME + NAME;

  private static final int STATE = FAMILY + Byte.BYTES;
  private static final int ANSWER_NAME = FAMILY + Integer.BYTES;
  private static final int UID = ANSWER_NAME + NAME + 3 * Integer.BYTES;
  private static final int INODE = UID + Integer.BYTES;
  private static final int ANSWER = INODE + Integer.BYTES;

  private static final int ATTRIBUTE = 2 * Short.BYTES;

  /** Since Linux 5.9, with every answer. */
  private static final int CGROUP_ID = 21;

  private static final int SOURCE_PORT = 0;
  private static final int TARGET_PORT = SOURCE_PORT + Short.BYTES;
  private static final int SOURCE = TARGET_PORT + Short.BYTES;
  private static final int TARGET = SOURCE + 16;
  private static final int INTERFACE = TARGET + 16;
  private static final int COOKIE = INTERFACE + Integer.BYTES;

  private static final Bytes NOTHING = Bytes.of(new byte[NAME]);

  private final NetlinkSocket socket;

  Diagnostics(NetlinkSocket socket) {
    this.socket = socket;
  }

  /** The name of a socket whose ends, device and cookie are known. */
  static Bytes name(InetSocketAddress local, InetSocketAddress remote, int ifindex, long cookie) {
    ByteBuffer name = ByteBuffer.allocate(NAME).order(ByteOrder.nativeOrder());
    putEnd(name, SOURCE_PORT, SOURCE, local);
    putEnd(name, TARGET_PORT, TARGET, remote);
    name.putInt(INTERFACE, ifindex);
    name.putInt(COOKIE, (int) cookie); // two words, the lower one first on every machine
    name.putInt(COOKIE + Integer.BYTES, (int) (cookie >>> 32));
    return Bytes.of(name.array());
  }

  private static void putEnd(ByteBuffer name, int port, int address, InetSocketAddress end) {
    name.put(port, (byte) (end.getPort() >> 8)).put(port + 1, (byte) end.getPort());
    name.put(address, end.getAddress().getAddress());
  }

  /** All live sockets of a kind. */
  List<Socket> live(Protocol protocol, Family family) {
    return list(protocol, family, protocol.liveStates);
  }

  private List<Socket> list(Protocol protocol, Family family, int states) {
    List<Socket> found = new ArrayList<>();
    socket.send(request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, protocol, family, states, NOTHING));
    boolean more = true;
    while (more) {
      more = messages(socket.receive(), "list the " + protocol + " sockets", found);
    }
    return found;
  }

  /** ENOENT where the kernel can destroy sockets of this kind, EOPNOTSUPP where it cannot. */
  int errnoOfNothing(Protocol protocol) {
    try {
      list(protocol, Family.IPV4, 0);
    } catch (SysException e) {
      return e.errno() == Errno.ENOENT ? Errno.EOPNOTSUPP : e.errno(); // no such diagnostics at all
    }
    return destroy(protocol, Family.IPV4, NOTHING);
  }

  /** The live socket of this name; empty if it is gone, another's, or in another state. */
  Optional<Socket> find(Protocol protocol, Family family, Bytes name) {
    List<Socket> found = new ArrayList<>();
    socket.send(request(SOCK_DIAG_BY_FAMILY, 0, protocol, family, protocol.liveStates, name));
    try {
      messages(socket.receive(), "look up a socket", found);
    } catch (SysException e) {
      return absent(e);
    }
    return found.stream().filter(known -> protocol.isLive(known.state())).findFirst();
  }

  private static Optional<Socket> absent(SysException e) {
    if (e.errno() == Errno.ENOENT || e.errno() == Errno.ESTALE) {
      return Optional.empty();
    }
    throw e;
  }

  /**
   * Ends a socket, as if the network had: its program gets ECONNABORTED. Answers the errno or 0.
   */
  int destroy(Protocol protocol, Family family, Bytes name) {
    socket.send(request(SOCK_DESTROY, NLM_F_ACK, protocol, family, protocol.liveStates, name));
    try {
      messages(socket.receive(), "destroy a socket", new ArrayList<>());
      return 0;
    } catch (SysException e) {
      return e.errno();
    }
  }

  private static byte[] request(
      int type, int flags, Protocol protocol, Family family, int states, Bytes name) {
    ByteBuffer request = ByteBuffer.allocate(REQUEST).order(ByteOrder.nativeOrder());
    request.putInt(LEN, REQUEST);
    request.putShort(TYPE, (short) type);
    request.putShort(FLAGS, (short) (NLM_F_REQUEST | flags));
    request.put(FAMILY, (byte) family.number);
    request.put(PROTOCOL, (byte) protocol.number);
    request.putInt(STATES, states);
    request.put(REQUEST_NAME, name.toArray());
    return request.array();
  }

  /** Takes in the messages of one answer; false after the last one of a dump. */
  static boolean messages(ByteBuffer answer, String tried, List<Socket> found) {
    boolean more = true;
    int at = answer.position();
    while (answer.limit() - at >= HEADER) {
      int length = answer.getInt(at + LEN);
      if (length < HEADER || length > answer.limit() - at) {
        throw new SysException("read a netlink message of " + length + " bytes", Errno.EINVAL);
      }
      more &= message(answer.slice(at, length).order(ByteOrder.nativeOrder()), tried, found);
      at += (length + 3) & ~3;
    }
    return more;
  }

  private static boolean message(ByteBuffer message, String tried, List<Socket> found) {
    switch (Short.toUnsignedInt(message.getShort(TYPE))) {
      case SOCK_DIAG_BY_FAMILY -> socket(message).ifPresent(found::add);
      case NLMSG_DONE, NLMSG_ERROR -> {
        requireSuccess(message, tried); // a dump tells its failure in its last message
        return false;
      }
      default -> {} // of no concern to us
    }
    return true;
  }

  private static void requireSuccess(ByteBuffer message, String tried) {
    int error = message.limit() >= HEADER + Integer.BYTES ? message.getInt(HEADER) : 0;
    if (error < 0) {
      throw new SysException(tried, -error);
    }
  }

  private static Optional<Socket> socket(ByteBuffer message) {
    if (message.limit() < ANSWER) {
      return Optional.empty();
    }
    Family family = message.get(FAMILY) == Family.IPV4.number ? Family.IPV4 : Family.IPV6;
    byte[] name = new byte[NAME];
    message.get(ANSWER_NAME, name);
    return Optional.of(
        new Socket(
            family,
            message.get(STATE),
            end(name, SOURCE_PORT, SOURCE, family),
            end(name, TARGET_PORT, TARGET, family),
            Integer.toUnsignedLong(message.getInt(UID)),
            cgroup(message),
            Integer.toUnsignedLong(message.getInt(INODE)),
            Bytes.of(name)));
  }

  /** Among the attributes behind the fixed part: length, type, value, padded to 4. */
  private static long cgroup(ByteBuffer message) {
    int at = ANSWER;
    while (message.limit() - at >= ATTRIBUTE) {
      int length = Short.toUnsignedInt(message.getShort(at));
      if (length < ATTRIBUTE || length > message.limit() - at) {
        return 0;
      }
      if (message.getShort(at + Short.BYTES) == CGROUP_ID && length >= ATTRIBUTE + Long.BYTES) {
        return message.getLong(at + ATTRIBUTE);
      }
      at += (length + 3) & ~3;
    }
    return 0;
  }

  private static InetSocketAddress end(byte[] name, int port, int address, Family family) {
    byte[] bytes = new byte[family.addressLength];
    System.arraycopy(name, address, bytes, 0, bytes.length);
    return new InetSocketAddress(
        address(bytes), (name[port] & 0xff) << 8 | (name[port + 1] & 0xff));
  }

  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes, not " + bytes.length, e);
    }
  }
}
