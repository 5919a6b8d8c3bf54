package org.uidnet.api;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.AccessToken;
import org.uidnet.firewall.Firewall;

/**
 * Who brings a bearer token over TCP: the admin token's holder, a program with a token that an
 * admin made, or a page with a session. Thread-safe.
 */
final class Bearers {
  private final AdminToken adminToken;
  private final Firewall firewall;
  private final Sessions sessions;

  Bearers(AdminToken adminToken, Firewall firewall, Sessions sessions) {
    this.adminToken = adminToken;
    this.firewall = firewall;
    this.sessions = sessions;
  }

  /** Empty if it is no token of ours, or no longer. */
  Optional<Caller> caller(String token) {
    if (adminToken.matches(token)) {
      return Optional.of(Caller.adminToken());
    }
    return sessions.caller(token).or(() -> reader(token));
  }

  /** Looks at all of them, so that the time taken says nothing of any. */
  private Optional<Caller> reader(String token) {
    String hash = Secret.hash(token);
    List<AccessToken> found =
        firewall.tokens().stream().filter(known -> Secret.equal(known.hash(), hash)).toList();
    return found.stream().findFirst().map(AccessToken::id).map(Caller::token);
  }

  /** Whether what an admitted caller brought is still good; asked while a stream goes on. */
  boolean isGood(Caller caller) {
    long id = caller.proof().id();
    return switch (caller.proof().kind()) {
      case SESSION -> sessions.isOpen(id);
      case TOKEN -> firewall.tokens().stream().anyMatch(token -> token.id() == id);
      case NONE, PEER, ADMIN_TOKEN -> true;
    };
  }
}
