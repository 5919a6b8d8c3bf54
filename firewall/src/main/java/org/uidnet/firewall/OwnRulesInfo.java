package org.uidnet.firewall;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What own rules decide now.
 *
 * @param profiles names of those that hold
 * @param holding rules whose conditions hold, but for what depends on a UID, in the order in which
 *     they are asked
 * @param byUid of each UID that rules name, and of those that are told to be in the foreground
 * @param others of everybody else
 */
public record OwnRulesInfo(
    List<String> profiles,
    List<OwnRule> holding,
    SortedMap<Long, Decision> byUid,
    Decision others) {
  public OwnRulesInfo {
    profiles = List.copyOf(profiles);
    holding = List.copyOf(holding);
    byUid = Collections.unmodifiableSortedMap(new TreeMap<>(byUid));
  }

  /**
   * What becomes of a UID.
   *
   * @param by the rule that decides; empty: none, so that the UID is not denied
   */
  public record Decision(boolean denied, Optional<String> by) {
    static Decision of(Optional<OwnRule> rule) {
      return new Decision(
          rule.filter(r -> r.effect() == Rule.DENY).isPresent(), rule.map(OwnRule::label));
    }
  }

  /** About a UID, whether anything names it or not. */
  public Decision of(long uid) {
    return byUid.getOrDefault(uid, others);
  }
}
