package org.uidnet.netd.sys;

import java.nio.file.Path;

/** An advisory lock on an open file or directory, held until the descriptor is closed. */
public final class FileLock {
  private static final int LOCK_EX_NB = 2 | 4;

  private FileLock() {}

  /** Fails with EAGAIN if somebody else holds it. */
  public static void take(Fd file, Path path) {
    if (Libc.flock(file.number(), LOCK_EX_NB) != 0) {
      throw new SysException("lock " + path);
    }
  }
}
