package org.uidnet.firewall;

import java.util.Optional;

/**
 * Who changes something.
 *
 * @param uid of the caller
 * @param transport how the caller came: {@code unix}, {@code tcp}, {@code dbus} for a service of
 *     the host, {@code daemon}
 * @param text what else is known; untrusted
 */
public record Author(long uid, String transport, String text) {
  private static final String DBUS = "dbus";

  /** Expiry, and undoing. */
  static final Author SELF = ofDaemon("ended or not confirmed in time");

  /** The daemon itself, for that reason. */
  public static Author ofDaemon(String why) {
    return new Author(0, "daemon", why);
  }

  /** A service of the host that tells how it is. */
  public static Author ofService(String name) {
    return new Author(0, DBUS, name);
  }

  /** Its name, if the author is a service of the host. */
  public Optional<String> service() {
    return Optional.of(text).filter(name -> transport.equals(DBUS));
  }
}
