package org.uidnet.firewall;

import java.time.Instant;
import java.util.List;

/**
 * What of the contents of the store is in force until something of it ends: rules that were set by
 * hand, and what follows from how the host is.
 *
 * @param policy with what follows
 * @param made when that was found
 * @param ends when it is no longer so
 */
record Effective(
    PolicyStore.Contents contents,
    Links links,
    Derived derived,
    Policy policy,
    Moment made,
    List<Expiry> ends) {
  static Effective of(
      PolicyStore.Contents contents, FirewallConfig config, Links links, Moment now) {
    Derived derived = Derived.of(contents, config, links, now);
    return new Effective(
        contents,
        links,
        derived,
        derived.addedTo(contents.policy()),
        now,
        contents.expiries().filter(end -> !end.isOver(now)).toList());
  }

  boolean isOf(PolicyStore.Contents others, Links present, Moment now) {
    return contents.equals(others)
        && links.equals(present)
        && made.bootId().equals(now.bootId())
        && !isOver(now.wall())
        && ends.stream().noneMatch(end -> end.isOver(now));
  }

  /** A clock that was set back tells other hours, too. */
  private boolean isOver(Instant wall) {
    return wall.isBefore(made.wall())
        || derived.nextLook().filter(look -> !wall.isBefore(look)).isPresent();
  }
}
