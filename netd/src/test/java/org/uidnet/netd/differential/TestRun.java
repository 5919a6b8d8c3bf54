package org.uidnet.netd.differential;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import org.uidnet.netd.sys.Fd;

/**
 * The kernel's test-run facility ({@code bpf_prog_test_run_skb}), one run a call, without garbage.
 * The packet's socket is a fresh one of the calling thread's network namespace and belongs to UID 0
 * there. For one thread.
 */
final class TestRun implements AutoCloseable {
  /** Bytes from the network header on: the facility wants a page, its own headers included. */
  static final int LONGEST = 3500;

  private static final int ETHERNET = 14;
  private static final int ETHERTYPE_AT = 12;

  /** Of the bpf call. */
  private static final long NUMBER =
      System.getProperty("os.arch", "").equals("aarch64") ? 280 : 321;

  private static final long PROG_TEST_RUN = 10;

  private static final int ATTR = 80;
  private static final int CONTEXT = 184;
  private static final int DATA_SIZE_OUT = 12;
  private static final int CONTEXT_SIZE_OUT = 44;
  private static final int MARK = 8;
  private static final int IFINDEX = 40;
  private static final int GSO_SEGS = 164;
  private static final int GSO_SIZE = 176;

  private final Memory attr = zeroed(ATTR);
  private final Memory frame = zeroed(ETHERNET + LONGEST);
  private final Memory context = zeroed(CONTEXT);

  TestRun() {
    attr.setPointer(16, frame);
    attr.setInt(32, 1); // repeat
    attr.setInt(40, CONTEXT);
    attr.setPointer(48, context);
  }

  private static Memory zeroed(int size) {
    Memory memory = new Memory(size);
    memory.clear();
    return memory;
  }

  /** The packet of the next runs. */
  void packet(Packet packet) {
    frame.setShort(ETHERTYPE_AT, Short.reverseBytes((short) packet.etherType()));
    frame.write(ETHERNET, packet.bytes(), 0, packet.bytes().length);
    attr.setInt(8, ETHERNET + packet.bytes().length);
    context.setInt(MARK, packet.mark());
    context.setInt(IFINDEX, packet.ifindex());
    context.setInt(GSO_SEGS, packet.gsoSegments());
    context.setInt(GSO_SIZE, packet.gsoSize());
  }

  /** Runs a program once; answers what it returned. */
  int run(Fd program) {
    attr.setInt(0, program.number());
    attr.setInt(DATA_SIZE_OUT, 0); // the last run's answers; as questions they would be wrong
    attr.setInt(CONTEXT_SIZE_OUT, 0);
    if (Calls.syscall(NUMBER, PROG_TEST_RUN, attr, ATTR) < 0) {
      throw new AssertionError("the kernel's test run failed: errno " + Native.getLastError());
    }
    return attr.getInt(4);
  }

  @Override
  public void close() {
    attr.close();
    frame.close();
    context.close();
  }
}
