package org.uidnet.api.model;

import java.util.Optional;

/**
 * Something is missing at this place of a stream: its event {@code gap}.
 *
 * @param count how many events are missing, where that is known
 */
public record Gap(Cause cause, Optional<Long> count) {
  /** Why. */
  public enum Cause {
    /** The client does not read as fast as things happen. */
    SLOW_CLIENT,
    /** Packets came faster than the daemon reads them; they are of all traces together. */
    KERNEL_BUFFER_FULL,
    /** What happened since the client's last event is not kept any more. */
    NOT_KEPT
  }

  public static Gap of(Cause cause, long count) {
    return new Gap(cause, Optional.of(count));
  }

  /** Both in one: of the same cause. */
  public Gap plus(Gap other) {
    return new Gap(cause, count.flatMap(mine -> other.count.map(others -> mine + others)));
  }

  public static Gap notKept() {
    return new Gap(Cause.NOT_KEPT, Optional.empty());
  }
}
