package org.uidnet.fleet;

import java.time.Duration;
import java.util.Optional;

/** A shipment that is not known to be stored. The message says what to do about it. */
final class SinkException extends Exception {
  private static final long serialVersionUID = 1;

  @SuppressWarnings("serial") // nobody sends it anywhere
  private final Optional<Duration> retryAfter;

  SinkException(String message, Throwable cause) {
    super(message, cause);
    retryAfter = Optional.empty();
  }

  SinkException(String message, Optional<Duration> retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the sink asked to be left alone. */
  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
