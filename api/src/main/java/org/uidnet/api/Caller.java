package org.uidnet.api;

import java.util.OptionalLong;

/**
 * Who asks.
 *
 * @param uid known on the unix socket only
 */
record Caller(Transport transport, OptionalLong uid, Role role) {
  enum Transport {
    UNIX,
    TCP
  }

  enum Role {
    /** Root, a configured admin, or who holds the admin token. */
    ADMIN,
    /** Any other UID. */
    USER,
    /** Not identified. */
    NOBODY
  }

  static Caller nobody(Transport transport) {
    return new Caller(transport, OptionalLong.empty(), Role.NOBODY);
  }

  boolean seesAll() {
    return role == Role.ADMIN;
  }

  boolean isIdentified() {
    return role != Role.NOBODY;
  }
}
