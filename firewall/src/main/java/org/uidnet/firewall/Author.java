package org.uidnet.firewall;

/**
 * Who changes something.
 *
 * @param uid of the caller
 * @param transport how the caller came: {@code unix}, {@code tcp}, {@code daemon}
 * @param text what else is known; untrusted
 */
public record Author(long uid, String transport, String text) {
  /** Expiry, and undoing. */
  static final Author SELF = new Author(0, "daemon", "ended or not confirmed in time");
}
