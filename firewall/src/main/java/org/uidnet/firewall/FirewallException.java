package org.uidnet.firewall;

/** A change or question was refused; nothing was changed. The message says why, and what to do. */
public class FirewallException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why; with Android's error. */
  public enum Cause {
    UNKNOWN_CHAIN("EINVAL"),
    INVALID("EINVAL"),
    NOT_LISTED("ENOENT"),
    UNKNOWN_CHANGE("ENOENT"),
    UNKNOWN_INTERFACE("ENODEV"),
    /** There is a chain of that name and another kind. */
    OTHER_KIND("EEXIST"),
    /** The chain cannot be switched, or not be deleted. */
    FIXED("EPERM"),
    NO_ROOM("ENOSPC"),
    /** The policy cannot be read or stored. */
    STORE("EIO");

    private final String errno;

    Cause(String errno) {
      this.errno = errno;
    }

    public String errno() {
      return errno;
    }
  }

  private final Cause reason;

  public FirewallException(Cause reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FirewallException(Cause reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  static FirewallException invalid(String message) {
    return new FirewallException(Cause.INVALID, message);
  }

  public Cause reason() {
    return reason;
  }

  public String errno() {
    return reason.errno();
  }
}
