package org.uidnet.api;

import java.io.IOException;

/** The server could not start listening; the message says where, why and what to do. */
public final class CannotListenException extends IOException {
  private static final long serialVersionUID = 1;

  CannotListenException(String message) {
    super(message);
  }

  CannotListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
