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
 * @param byState what of it comes from the state of the device and of UIDs; all else was set by
 *     hand
 */
public record ChainInfo(
    String name,
    Chain.Kind kind,
    boolean alwaysOn,
    boolean enabled,
    boolean custom,
    UidSet uids,
    List<Temporary> temporary,
    ByState byState) {
  public ChainInfo {
    temporary = List.copyOf(temporary);
  }

  /**
   * What state adds to a chain.
   *
   * @param enabledBy the state that puts it in force; empty: none does
   * @param uids that state lists
   */
  public record ByState(Optional<String> enabledBy, UidSet uids) {
    public static final ByState NOTHING = new ByState(Optional.empty(), UidSet.EMPTY);
  }

  /**
   * A rule that ends.
   *
   * @param until about when, by the wall clock of now; empty: at the next boot
   */
  public record Temporary(long uid, Rule rule, Optional<Instant> until) {}
}
