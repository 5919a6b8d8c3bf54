package org.uidnet.stats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong now, one line for each cause; logged when it comes and when it goes. Thread-safe.
 */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger("org.uidnet.stats");

  private final Map<String, String> active = new LinkedHashMap<>();

  synchronized void raise(String cause, String message) {
    if (!message.equals(active.put(cause, message))) {
      LOG.warn("{}", message);
    }
  }

  synchronized void raise(String cause, String what, Throwable error) {
    raise(cause, what + ": " + withoutStatement(error));
  }

  synchronized void clear(String cause) {
    String message = active.remove(cause);
    if (message != null) {
      LOG.info("no longer: {}", message);
    }
  }

  synchronized List<String> all() {
    return new ArrayList<>(active.values());
  }

  /** What the system said, if it refused something; else the message without H2's statement. */
  static String rootMessage(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && cause.getMessage() != null) {
        return cause.getMessage();
      }
    }
    return withoutStatement(error);
  }

  private static String withoutStatement(Throwable error) {
    String message = error.getMessage();
    String first = message == null ? error.getClass().getSimpleName() : message;
    int statement = first.indexOf("; SQL statement:");
    return statement < 0 ? first : first.substring(0, statement);
  }
}
