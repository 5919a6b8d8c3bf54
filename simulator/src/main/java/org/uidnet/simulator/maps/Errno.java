package org.uidnet.simulator.maps;

/** Errors of the kernel; helpers and map calls answer them negated. */
public final class Errno {
  public static final int ENOENT = 2;
  public static final int E2BIG = 7;
  public static final int EBADF = 9;
  public static final int ENOMEM = 12;
  public static final int EFAULT = 14;
  public static final int EEXIST = 17;
  public static final int EINVAL = 22;
  public static final int ENOSPC = 28;

  private Errno() {}
}
