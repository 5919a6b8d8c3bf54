package org.uidnet.netd.dbus;

/** A bus that cannot be reached, or a service that does not answer as it should. */
final class BusException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BusException(String message) {
    super(message);
  }

  BusException(String message, Throwable cause) {
    super(message, cause);
  }
}
