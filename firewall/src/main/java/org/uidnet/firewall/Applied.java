package org.uidnet.firewall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of a change.
 *
 * @param changed false: it was so before
 * @param at when it was in force
 * @param destroyedSockets connections that were ended by it
 * @param pending to be confirmed, if it was made so
 * @param problems what of the policy is not enforced yet, and is tried again; normally empty
 */
public record Applied(
    boolean changed,
    Instant at,
    int destroyedSockets,
    Optional<Pending> pending,
    List<String> problems) {
  public Applied {
    problems = List.copyOf(problems);
  }
}
