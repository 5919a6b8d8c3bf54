package org.uidnet.api;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that happened on the host.
 *
 * @param name of the event
 * @param audience who may see it
 * @param body asked for when it is shown
 */
record Happening(String name, Audience audience, Supplier<?> body) {
  /** Who may see it, besides those who see all and ask for all. */
  record Audience(boolean everybody, Optional<Long> uid) {
    static final Audience EVERYBODY = new Audience(true, Optional.empty());
    static final Audience NOBODY = new Audience(false, Optional.empty());

    static Audience of(long uid) {
      return new Audience(false, Optional.of(uid));
    }
  }

  /** Whether it is one of those that are asked for. */
  boolean isFor(UidSelection whose) {
    return audience.everybody()
        || whose.ranges().isEmpty()
        || audience.uid().filter(whose::selects).isPresent();
  }
}
