package org.uidnet.firewall;

import static org.uidnet.firewall.FirewallException.Cause.NO_ROOM;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All tokens, by id. A value. */
record TokenBook(SortedMap<Long, AccessToken> byId) {
  static final TokenBook EMPTY = new TokenBook(new TreeMap<>());

  /** Each is compared with what a caller brings. */
  private static final int MOST = 100;

  TokenBook {
    byId = Collections.unmodifiableSortedMap(new TreeMap<>(byId));
  }

  Optional<AccessToken> find(long id) {
    return Optional.ofNullable(byId.get(id));
  }

  List<AccessToken> all() {
    return List.copyOf(byId.values());
  }

  TokenBook with(AccessToken token) {
    if (byId.size() >= MOST) {
      throw new FirewallException(
          NO_ROOM, "there are " + MOST + " tokens, which is the most; revoke one first");
    }
    SortedMap<Long, AccessToken> more = new TreeMap<>(byId);
    more.put(token.id(), token);
    return new TokenBook(more);
  }

  TokenBook without(long id) {
    SortedMap<Long, AccessToken> rest = new TreeMap<>(byId);
    return rest.remove(id) == null ? this : new TokenBook(rest);
  }

  /** Without those that have expired. */
  TokenBook at(Moment now) {
    SortedMap<Long, AccessToken> rest = new TreeMap<>(byId);
    rest.values().removeIf(token -> !token.isValid(now.wall()));
    return rest.size() == byId.size() ? this : new TokenBook(rest);
  }

  /** Those that the other has not. */
  Stream<AccessToken> without(TokenBook other) {
    return byId.values().stream().filter(token -> other.find(token.id()).isEmpty());
  }

  /** What an audit log says of the way from another book to this one, a token an entry. */
  List<AuditEntry> changesSince(TokenBook before, Author by, Moment now) {
    Stream<AuditEntry> gone =
        before.without(this).map(token -> entry(token, token.text(), "", by, now));
    Stream<AuditEntry> made = without(before).map(token -> entry(token, "", token.text(), by, now));
    return Stream.concat(gone, made).toList();
  }

  private static AuditEntry entry(
      AccessToken token, String before, String after, Author by, Moment now) {
    return new AuditEntry(now.wall(), by, "token " + token.id(), before, after);
  }
}
