package org.uidnet.netd.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uidnet.netd.kernel.Probe.Answer;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.object.MapSpec;
import org.uidnet.programs.object.ProgramObject;

/**
 * Programs of a few instructions, loaded to see whether the kernel takes them. Registers r0 to r10.
 */
final class TinyPrograms {
  private static final int CGROUP_SKB = 8;
  private static final int EGRESS = 1;
  private static final String LICENSE = "Apache-2.0";

  private static final int SK_FULLSOCK = 95;
  private static final int SK_STORAGE_GET = 107;
  private static final int GET_NETNS_COOKIE = 122;
  private static final int SKB_SK = 168;
  private static final int ATOMIC_FETCH_ADD = 1;

  private final ByteBuffer code = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

  private TinyPrograms() {}

  /** Asks for the namespace cookie of a packet. */
  static Fd namespaceCookie() {
    return new TinyPrograms().call(GET_NETNS_COOKIE).pass();
  }

  /** Adds 1 to a word of its stack and takes the old value. */
  static Fd fetchingAtomic() {
    return new TinyPrograms()
        .op(0xb7, 1, 0, 0, 0) // r1 = 0
        .op(0x7b, 10, 1, -8, 0) // *(u64 *)(r10 - 8) = r1
        .op(0xb7, 1, 0, 0, 1) // r1 = 1
        .op(0xdb, 10, 1, -8, ATOMIC_FETCH_ADD)
        .pass();
  }

  /** Looks for the storage of a packet's socket. */
  static Fd socketStorage(ProgramObject object) {
    MapSpec spec = object.map("socket_owner");
    try (Fd btf = Bpf.loadBtf(object.btf());
        Fd map = Generation.create(spec, btf)) {
      return new TinyPrograms()
          .op(0x79, 1, 1, SKB_SK, 0) // r1 = skb->sk
          .op(0x15, 1, 0, 8, 0) // if r1 == 0: pass
          .call(SK_FULLSOCK)
          .op(0x15, 0, 0, 6, 0) // if r0 == 0: pass
          .op(0xbf, 2, 0, 0, 0) // r2 = r0
          .op(0x18, 1, 1, 0, map.number()) // r1 = map, two instructions
          .op(0, 0, 0, 0, 0)
          .op(0xb7, 3, 0, 0, 0) // r3 = 0
          .op(0xb7, 4, 0, 0, 0) // r4 = 0
          .call(SK_STORAGE_GET)
          .pass();
    }
  }

  static Fd passing() {
    return new TinyPrograms().pass();
  }

  static Answer linkToNowhere() {
    try (Fd program = passing()) {
      return answer(Bpf.errnoOfLinkToNowhere(program, EGRESS));
    } catch (SysException e) {
      return new Probe.Unknown(e.getMessage());
    }
  }

  private static Answer answer(int errno) {
    return switch (errno) {
      case Errno.EBADF -> new Probe.Yes();
      case Errno.EINVAL -> new Probe.No("links to cgroups");
      default -> new Probe.Unknown(Errno.describe(errno));
    };
  }

  private TinyPrograms call(int helper) {
    return op(0x85, 0, 0, 0, helper);
  }

  private TinyPrograms op(int opcode, int target, int source, int offset, int immediate) {
    code.put((byte) opcode)
        .put((byte) (source << 4 | target))
        .putShort((short) offset)
        .putInt(immediate);
    return this;
  }

  /** Ends by letting the packet pass, and loads. */
  private Fd pass() {
    op(0xb7, 0, 0, 0, 1); // r0 = 1
    op(0x95, 0, 0, 0, 0); // exit
    byte[] instructions = new byte[code.position()];
    code.get(0, instructions);
    return Bpf.load(new Bpf.NewProgram("uidnet_probe", CGROUP_SKB, EGRESS, LICENSE), instructions);
  }
}
