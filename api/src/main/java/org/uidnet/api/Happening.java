package org.uidnet.api;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.uidnet.firewall.UidSet;

/**
 * Something that happened on the host.
 *
 * @param name of the event
 * @param audience who may see it
 * @param body asked for when it is shown, for those that are asked for
 */
record Happening(String name, Audience audience, Function<UidSelection, Object> body) {
  private static final int UIDS_OF_WEIGHT = 64;

  /** The same body for all who may see it. */
  static Happening of(String name, Audience audience, Supplier<?> body) {
    return new Happening(name, audience, whose -> body.get());
  }

  /**
   * Who may see it, besides those who see all and ask for all.
   *
   * @param uids whom it is about
   */
  record Audience(boolean everybody, UidSet uids) {
    static final Audience EVERYBODY = new Audience(true, UidSet.EMPTY);
    static final Audience NOBODY = new Audience(false, UidSet.EMPTY);

    static Audience of(long uid) {
      return new Audience(false, UidSet.of(List.of(uid)));
    }

    static Audience of(UidSet uids) {
      return new Audience(false, uids);
    }
  }

  /** How much of what is kept it takes: most are about one UID, some about ten thousands. */
  int weight() {
    return 1 + audience.uids().size() / UIDS_OF_WEIGHT;
  }

  /** Whether it is one of those that are asked for. */
  boolean isFor(UidSelection whose) {
    return audience.everybody()
        || whose.ranges().isEmpty()
        || audience.uids().stream().anyMatch(whose::selects);
  }
}
