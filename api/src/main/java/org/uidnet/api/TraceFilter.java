package org.uidnet.api;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.uidnet.programs.Trace;

/**
 * Which packets a session asks for.
 *
 * @param owner only those of this UID's sockets; empty: of all
 * @param every one of so many of those that match, 1 to {@link #LEAST_OFTEN}
 * @param further what else they have to be; empty: nothing
 */
public record TraceFilter(OptionalLong owner, int every, Optional<Predicate<Trace>> further) {
  public static final int LEAST_OFTEN = 1_000_000;

  public TraceFilter {
    if (every < 1 || every > LEAST_OFTEN) {
      throw new IllegalArgumentException("one of " + every + " packets is no sample");
    }
  }

  /** Whether the packet is one of those that are sampled. */
  public boolean matches(Trace packet) {
    return (owner.isEmpty() || owner.getAsLong() == packet.owner())
        && (further.isEmpty() || further.get().test(packet));
  }
}
