package org.uidnet.api;

import java.util.Optional;

/** Where the events of a stream come from. */
@FunctionalInterface
interface StreamSource {
  /**
   * Begins to send.
   *
   * @param lastEventId the last event that the client had, if it comes back
   * @return what ends it
   */
  Runnable begin(EventStream to, Optional<String> lastEventId);
}
