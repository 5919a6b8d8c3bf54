package org.uidnet.firewall;

import java.util.List;

/**
 * What of the contents of the store is in force until something of it ends: rules that were set by
 * hand, and what follows from how the device and its UIDs are.
 *
 * @param policy with what state adds
 * @param ends when it is no longer so
 */
record Effective(
    PolicyStore.Contents contents,
    StateChains byState,
    Policy policy,
    String bootId,
    List<Expiry> ends) {
  static Effective of(PolicyStore.Contents contents, Exemptions exemptions, Moment now) {
    StateChains byState = StateChains.of(contents.policy(), contents.processes(), exemptions, now);
    return new Effective(
        contents,
        byState,
        byState.addedTo(contents.policy()),
        now.bootId(),
        contents.expiries().filter(end -> !end.isOver(now)).toList());
  }

  boolean isOf(PolicyStore.Contents others, Moment now) {
    return contents.equals(others)
        && bootId.equals(now.bootId())
        && ends.stream().noneMatch(end -> end.isOver(now));
  }
}
