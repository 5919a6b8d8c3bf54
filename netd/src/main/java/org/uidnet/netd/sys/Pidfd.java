package org.uidnet.netd.sys;

/**
 * Processes as descriptors. The number of a process that has ended is given to another one; a
 * descriptor goes on meaning the one that it was opened for.
 */
public final class Pidfd {
  private static final long PIDFD_OPEN = 434;
  private static final long PIDFD_GETFD = 438;
  private static final long NO_FLAGS = 0;

  private Pidfd() {}

  /** Fails with ESRCH if there is no such process, and with EINVAL for a thread of one. */
  public static Fd open(int pid) {
    return Fd.owning(Libc.syscall(PIDFD_OPEN, pid, NO_FLAGS, 0), "open process " + pid);
  }

  /**
   * A copy of one of the process's descriptors. Fails with ESRCH if the process has ended, with
   * EBADF if it has no such descriptor, and with EPERM if we may not look into it (CAP_SYS_PTRACE).
   */
  public static Fd get(Fd process, int descriptor) {
    return Fd.owning(
        Libc.syscall(PIDFD_GETFD, process.number(), descriptor, NO_FLAGS),
        "copy descriptor " + descriptor + " of a process");
  }
}
