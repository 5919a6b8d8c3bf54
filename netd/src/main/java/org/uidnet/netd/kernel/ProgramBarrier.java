package org.uidnet.netd.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;

/**
 * Waits for all program runs that are under way: the kernel waits for an RCU grace period whenever
 * an element of an array of maps is replaced (a promise to user space since Linux 4.20, commit
 * 1ae80cf31938). Thread-safe.
 */
final class ProgramBarrier implements AutoCloseable {
  private static final int ARRAY = 2;
  private static final int ARRAY_OF_MAPS = 12;

  private final Fd inner;
  private final Fd outer;

  ProgramBarrier() {
    inner = Bpf.createMap(new Bpf.NewMap("uidnet_wait", ARRAY, 4, 4, 1, 0));
    try {
      outer =
          Bpf.createMapOfMaps(new Bpf.NewMap("uidnet_barrier", ARRAY_OF_MAPS, 4, 4, 1, 0), inner);
    } catch (RuntimeException e) {
      inner.close();
      throw e;
    }
  }

  void await() {
    Bpf.update(outer, number(0), number(inner.number()), Bpf.ANY);
  }

  private static byte[] number(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
  }

  @Override
  public void close() {
    outer.close();
    inner.close();
  }
}
