package org.uidnet.netd.sys;

import com.sun.jna.Native;
import java.util.Map;

/** Error numbers of the kernel, with their names and, where it helps, the likely cause. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int E2BIG = 7;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EBUSY = 16;
  public static final int EEXIST = 17;
  public static final int EINVAL = 22;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int ENOSYS = 38;
  public static final int ENOTSOCK = 88;
  public static final int EOPNOTSUPP = 95;
  public static final int ENOTCONN = 107;
  public static final int ESTALE = 116;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(EPERM, "EPERM (a capability is missing)"),
          Map.entry(ENOENT, "ENOENT (not there)"),
          Map.entry(ESRCH, "ESRCH (no such process)"),
          Map.entry(EINTR, "EINTR (interrupted)"),
          Map.entry(E2BIG, "E2BIG (more than the kernel takes)"),
          Map.entry(EBADF, "EBADF (not an open descriptor)"),
          Map.entry(EAGAIN, "EAGAIN (try again)"),
          Map.entry(ENOMEM, "ENOMEM (no memory)"),
          Map.entry(EACCES, "EACCES (refused by permissions or by the verifier)"),
          Map.entry(EBUSY, "EBUSY (in use)"),
          Map.entry(EEXIST, "EEXIST (already there)"),
          Map.entry(EINVAL, "EINVAL (not understood by this kernel)"),
          Map.entry(
              EMFILE,
              "EMFILE (too many open descriptors: raise the limit, LimitNOFILE= of the service)"),
          Map.entry(ENOSPC, "ENOSPC (no room)"),
          Map.entry(ENOSYS, "ENOSYS (this kernel has no such call)"),
          Map.entry(ENOTSOCK, "ENOTSOCK (not a socket)"),
          Map.entry(EOPNOTSUPP, "EOPNOTSUPP (not supported)"),
          Map.entry(ENOTCONN, "ENOTCONN (not connected)"),
          Map.entry(ESTALE, "ESTALE (another one's by now)"));

  private Errno() {}

  /** Of this thread's last call that failed. */
  static int last() {
    return Native.getLastError();
  }

  /** Its name alone, such as {@code EPERM}; {@code EIO} for one that we have no name for. */
  public static String name(int errno) {
    return NAMES.getOrDefault(errno, "EIO").split(" ", 2)[0];
  }

  /** For messages: the name where we know it, else the number. */
  public static String describe(int errno) {
    return NAMES.getOrDefault(errno, "errno " + errno);
  }
}
