package org.uidnet.netd.kernel;

/** The kernel side cannot do what was asked; the message says what, why, and what to do. */
public class KernelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public KernelException(String message) {
    super(message);
  }

  public KernelException(String message, Throwable cause) {
    super(message, cause);
  }
}
