package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;

/**
 * What own rules decide now: {@code GET /v1/rules/decisions}.
 *
 * @param profiles that hold
 * @param holding rules whose conditions hold, as they are asked
 * @param uids those that rules name, or that are in the foreground
 * @param others everybody else
 */
public record RuleDecisions(
    List<String> profiles, List<String> holding, List<Item> uids, Item others) {
  /**
   * What becomes of a UID.
   *
   * @param uid absent: of all others
   * @param by the rule that decides; absent: none
   */
  public record Item(
      Optional<Long> uid, Optional<String> name, boolean denied, Optional<String> by) {}
}
