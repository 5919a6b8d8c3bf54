package org.uidnet.firewall;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A chain as it is now.
 *
 * @param alwaysOn cannot be switched
 * @param enabled true where always on
 * @param uids its list, ascending, temporary rules included
 * @param temporary UIDs whose rule ends
 */
public record ChainInfo(
    String name,
    Chain.Kind kind,
    boolean alwaysOn,
    boolean enabled,
    boolean custom,
    UidSet uids,
    List<Temporary> temporary) {
  public ChainInfo {
    temporary = List.copyOf(temporary);
  }

  /**
   * A rule that ends.
   *
   * @param until about when, by the wall clock of now; empty: at the next boot
   */
  public record Temporary(long uid, Rule rule, Optional<Instant> until) {}
}
