package org.uidnet.netd.daemon;

/** The daemon could not start, and left nothing attached that was not before. */
public final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What kept it from starting. */
  public enum Reason {
    /** A capability is missing. */
    NOT_PERMITTED,
    /** Anything else; the message tells. */
    FAILED
  }

  private final Reason reason;

  /**
   * @param message what was tried, why it failed, what to do
   */
  StartException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  StartException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
