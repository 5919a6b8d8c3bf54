package org.uidnet.netd.kernel;

/** This process may not do it; another one may. */
public final class NotPermittedException extends KernelException {
  private static final long serialVersionUID = 1;

  public NotPermittedException(String message) {
    super(message);
  }

  public NotPermittedException(String message, Throwable cause) {
    super(message, cause);
  }
}
