package org.uidnet.api.client;

import java.io.IOException;

/** No daemon answers where one was looked for; the message says where, and how to start it. */
public final class NoDaemonException extends IOException {
  private static final long serialVersionUID = 1;

  NoDaemonException(String message, Throwable cause) {
    super(message, cause);
  }
}
