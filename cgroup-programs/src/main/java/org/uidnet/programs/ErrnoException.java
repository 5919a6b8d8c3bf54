package org.uidnet.programs;

/**
 * A call, on a socket or for a UID, was refused or failed. The message says what was tried, why it
 * failed, and what to do; the errno is Android's, or the kernel's where Android has none.
 */
public final class ErrnoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String errno;

  /**
   * @param errno its name, such as {@code EBADF}
   */
  public ErrnoException(String errno, String message) {
    super(message);
    this.errno = errno;
  }

  public ErrnoException(String errno, String message, Throwable cause) {
    super(message, cause);
    this.errno = errno;
  }

  public String errno() {
    return errno;
  }
}
