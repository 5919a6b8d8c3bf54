package org.uidnet.api;

import java.util.Optional;
import java.util.function.Supplier;
import org.uidnet.api.model.Gap;

/**
 * One event of a stream.
 *
 * @param name what kind it is
 * @param id names it to a client that comes back
 * @param body asked for when it is written, so that what is dropped costs nothing; becomes a JSON
 *     object
 */
record StreamEvent(String name, Optional<String> id, Supplier<?> body) {
  static StreamEvent of(String name, String id, Supplier<?> body) {
    return new StreamEvent(name, Optional.of(id), body);
  }

  /** Something is missing here. It has no id: a client that comes back asks from before it. */
  static StreamEvent of(Gap gap) {
    return new StreamEvent("gap", Optional.empty(), () -> gap);
  }
}
