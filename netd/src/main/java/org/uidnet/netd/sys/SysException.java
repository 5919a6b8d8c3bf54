package org.uidnet.netd.sys;

/** A call to the kernel failed; the message says what was tried, on what, and the errno. */
public class SysException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int errno;

  /** Takes the errno of this thread's last call. */
  SysException(String tried) {
    this(tried, Errno.last());
  }

  public SysException(String tried, int errno) {
    super(tried + ": " + Errno.describe(errno));
    this.errno = errno;
  }

  /** Never null. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }

  public int errno() {
    return errno;
  }
}
