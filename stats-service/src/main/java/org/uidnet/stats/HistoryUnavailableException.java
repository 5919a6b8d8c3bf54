package org.uidnet.stats;

/** The history cannot be used now, but may be later without anything done about uidnet itself. */
final class HistoryUnavailableException extends HistoryException {
  private static final long serialVersionUID = 1;

  HistoryUnavailableException(String message) {
    super(message);
  }

  HistoryUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
