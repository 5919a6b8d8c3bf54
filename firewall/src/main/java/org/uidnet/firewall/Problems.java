package org.uidnet.firewall;

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
  private static final Logger LOG = LoggerFactory.getLogger("org.uidnet.firewall");

  private final Map<String, String> active = new LinkedHashMap<>();

  synchronized void raise(String cause, String message) {
    if (!message.equals(active.put(cause, message))) {
      LOG.warn("{}", message);
    }
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
}
