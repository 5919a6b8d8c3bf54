package org.uidnet.stats;

/** The history could not be read or written; the message says what was tried and what to do. */
public class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public HistoryException(String message) {
    super(message);
  }

  public HistoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
