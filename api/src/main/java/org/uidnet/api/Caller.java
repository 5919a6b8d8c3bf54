package org.uidnet.api;

import java.util.OptionalLong;

/**
 * Who asks.
 *
 * @param uid known on the unix socket, and of sessions, which are somebody's
 */
record Caller(Transport transport, OptionalLong uid, Role role, Proof proof) {
  enum Transport {
    UNIX,
    TCP
  }

  enum Role {
    /** Root, a configured admin, or who holds the admin token. */
    ADMIN,
    /** Sees everything, and changes nothing. */
    READ,
    /** Any other UID. */
    USER,
    /** Not identified. */
    NOBODY
  }

  /**
   * What it is known by.
   *
   * @param id of the token or session
   */
  record Proof(Kind kind, long id) {
    enum Kind {
      NONE,
      PEER,
      ADMIN_TOKEN,
      TOKEN,
      SESSION
    }
  }

  static Caller nobody(Transport transport) {
    return of(transport, OptionalLong.empty(), Role.NOBODY, Proof.Kind.NONE, 0);
  }

  /** On the unix socket. */
  static Caller peer(long uid, Role role) {
    return of(Transport.UNIX, OptionalLong.of(uid), role, Proof.Kind.PEER, 0);
  }

  static Caller adminToken() {
    return of(Transport.TCP, OptionalLong.empty(), Role.ADMIN, Proof.Kind.ADMIN_TOKEN, 0);
  }

  /** A token that an admin made. */
  static Caller token(long id) {
    return of(Transport.TCP, OptionalLong.empty(), Role.READ, Proof.Kind.TOKEN, id);
  }

  /** A page that a UID opened. */
  static Caller session(long id, long uid, Role role) {
    return of(Transport.TCP, OptionalLong.of(uid), role, Proof.Kind.SESSION, id);
  }

  private static Caller of(
      Transport transport, OptionalLong uid, Role role, Proof.Kind kind, long id) {
    return new Caller(transport, uid, role, new Proof(kind, id));
  }

  boolean seesAll() {
    return role == Role.ADMIN || role == Role.READ;
  }

  /** Limits are for the others. */
  boolean isUnlimited() {
    return role == Role.ADMIN;
  }

  boolean isIdentified() {
    return role != Role.NOBODY;
  }

  /** What limits are counted by: a UID's connections and sessions are one caller. */
  Object key() {
    return uid.isPresent() ? uid : proof;
  }
}
