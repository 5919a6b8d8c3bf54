package org.uidnet.netd.differential;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** Native calls that only these tests make. */
final class Calls {
  static {
    Native.register("c");
  }

  private Calls() {}

  static native long syscall(long number, long a, Pointer b, long c);

  private static native int sched_setaffinity(int thread, long size, Pointer mask);

  /** Keeps the calling thread on one processor for as long as it lives. */
  static void stayOn(int cpu) {
    try (Memory mask = new Memory(Long.BYTES)) {
      mask.setLong(0, 1L << cpu);
      if (sched_setaffinity(0, mask.size(), mask) != 0) {
        throw new AssertionError("cannot stay on CPU " + cpu + ": errno " + Native.getLastError());
      }
    }
  }
}
