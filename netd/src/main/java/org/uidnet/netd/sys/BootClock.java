package org.uidnet.netd.sys;

import com.sun.jna.Memory;

/** CLOCK_BOOTTIME: time since boot, time asleep included. The JDK's own clock stops in suspend. */
public final class BootClock {
  private static final int CLOCK_BOOTTIME = 7;
  private static final ThreadLocal<Memory> TIMESPEC = ThreadLocal.withInitial(() -> new Memory(16));

  private BootClock() {}

  /** Nanoseconds since boot. */
  public static long nanos() {
    Memory time = TIMESPEC.get();
    if (Libc.clock_gettime(CLOCK_BOOTTIME, time) != 0) {
      throw new SysException("read CLOCK_BOOTTIME");
    }
    return time.getLong(0) * 1_000_000_000 + time.getLong(8);
  }
}
