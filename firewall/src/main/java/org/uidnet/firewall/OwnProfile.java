package org.uidnet.firewall;

import java.util.List;

/**
 * Own rules that come before all others while something holds, such as a network's name.
 *
 * @param when without what depends on a UID
 */
public record OwnProfile(String name, Conditions when, List<OwnRule> rules) {
  public OwnProfile {
    rules = List.copyOf(rules);
  }
}
