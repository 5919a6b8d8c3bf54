package org.uidnet.netd.sys;

import com.sun.jna.Memory;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What came over a Unix socket in one piece: text, and descriptors that were passed with it
 * (SCM_RIGHTS). Whoever received it closes it, and the descriptors with it.
 *
 * @param text empty at the end of the stream
 * @param incomplete more descriptors came than one may pass here, or than we may have open
 */
public record PassedMessage(String text, List<Fd> descriptors, boolean incomplete)
    implements AutoCloseable {
  private static final int MOST_DESCRIPTORS = 2;

  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int TIMEVAL = 2 * Long.BYTES;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CTRUNC = 8;
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

  /*
   *  msghdr (64 bits); lengths of name and flags are padded to 8
   * +------------+------------------+---------------+-------------+---------------+------------------+---------+
   * | name (ptr) | length of name 8 | parts (ptr)   | parts 8     | control (ptr) | control length 8 | flags 8 |
   * +------------+------------------+---------------+-------------+---------------+------------------+---------+
   *
   *  iovec                       cmsghdr, then descriptors of 4 bytes, padded to 8
   * +------------+----------+   +----------+---------+--------+
   * | base (ptr) | length 8 |   | length 8 | level 4 | type 4 | ...
   * +------------+----------+   +----------+---------+--------+
   */
  private static final int PARTS = 16;
  private static final int PARTS_COUNT = PARTS + Long.BYTES;
  private static final int CONTROL = PARTS_COUNT + Long.BYTES;
  private static final int CONTROL_LENGTH = CONTROL + Long.BYTES;
  private static final int FLAGS = CONTROL_LENGTH + Long.BYTES;
  private static final int HEADER = FLAGS + Long.BYTES;
  private static final int PART = 2 * Long.BYTES;
  private static final int LEVEL = Long.BYTES;
  private static final int TYPE = LEVEL + Integer.BYTES;
  private static final int DATA = TYPE + Integer.BYTES;
  private static final int CONTROL_SIZE = DATA + MOST_DESCRIPTORS * Integer.BYTES;

  /** Lets {@link #receive} fail with EAGAIN when nothing comes in that time. */
  public static void limitWaiting(SocketChannel channel, Duration most) {
    try (Memory time = Attr.zeroed(TIMEVAL)) {
      time.setLong(0, most.toSeconds());
      time.setLong(Long.BYTES, most.toNanosPart() / 1000);
      if (Libc.setsockopt(ChannelFd.number(channel), SOL_SOCKET, SO_RCVTIMEO, time, TIMEVAL) < 0) {
        throw new SysException("set the time-out of a Unix socket");
      }
    }
  }

  /**
   * Waits for the next piece. Pieces end where descriptors of another one begin.
   *
   * @param most bytes of it
   */
  public static PassedMessage receive(SocketChannel channel, int most) {
    try (Memory bytes = new Memory(most);
        Memory part = Attr.zeroed(PART);
        Memory control = Attr.zeroed(CONTROL_SIZE);
        Memory header = Attr.zeroed(HEADER)) {
      part.setPointer(0, bytes);
      part.setLong(Long.BYTES, most);
      header.setPointer(PARTS, part);
      header.setLong(PARTS_COUNT, 1);
      header.setPointer(CONTROL, control);
      header.setLong(CONTROL_LENGTH, CONTROL_SIZE);
      long length = Libc.recvmsg(ChannelFd.number(channel), header, MSG_CMSG_CLOEXEC);
      if (length < 0) {
        throw new SysException("receive from a Unix socket");
      }
      return new PassedMessage(
          new String(bytes.getByteArray(0, (int) length), StandardCharsets.UTF_8),
          descriptors(header, control),
          (header.getInt(FLAGS) & MSG_CTRUNC) != 0);
    }
  }

  /** One header at most: we ask for nothing else that would come with one. */
  private static List<Fd> descriptors(Memory header, Memory control) {
    List<Fd> passed = new ArrayList<>();
    boolean any = header.getLong(CONTROL_LENGTH) >= DATA;
    if (any && control.getInt(LEVEL) == SOL_SOCKET && control.getInt(TYPE) == SCM_RIGHTS) {
      for (long at = DATA; at < control.getLong(0); at += Integer.BYTES) {
        passed.add(Fd.owning(control.getInt(at), "receive a descriptor"));
      }
    }
    return passed;
  }

  /** Whether the other side has ended. */
  public boolean isEnd() {
    return text.isEmpty();
  }

  @Override
  public void close() {
    descriptors.forEach(Fd::close);
  }
}
