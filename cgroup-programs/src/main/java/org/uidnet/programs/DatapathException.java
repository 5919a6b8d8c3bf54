package org.uidnet.programs;

/** A call to the datapath failed; the message says what was tried, on what, and why it failed. */
public class DatapathException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DatapathException(String message) {
    super(message);
  }

  public DatapathException(String message, Throwable cause) {
    super(message, cause);
  }
}
