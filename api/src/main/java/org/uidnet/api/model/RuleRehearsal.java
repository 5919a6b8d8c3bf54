package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/**
 * What rules would change if they were put now: {@code POST /v1/rules/dry-run}.
 *
 * @param changes UIDs about which they decide otherwise, and all others if about those
 */
public record RuleRehearsal(List<Item> changes) {
  /**
   * What becomes of a UID.
   *
   * @param uid absent: of all UIDs that no rule names
   * @param before rule that decides now; absent: none
   * @param after rule that would
   */
  public record Item(
      Optional<Long> uid,
      Optional<String> name,
      boolean deniedBefore,
      boolean denied,
      Optional<String> before,
      Optional<String> after) {}
}
