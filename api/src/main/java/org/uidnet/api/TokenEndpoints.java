package org.uidnet.api;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.TokenDocument;
import org.uidnet.api.model.TokenList;
import org.uidnet.api.model.TokenRequest;
import org.uidnet.firewall.AccessToken;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.Lifetime;

/** Read-only tokens for programs. */
final class TokenEndpoints {
  static final Set<String> REVOCATION = Set.of("strict");

  private final Firewall firewall;

  TokenEndpoints(Firewall firewall) {
    this.firewall = firewall;
  }

  TokenList tokens(Call call) {
    return new TokenList(
        firewall.tokens().stream().map(token -> document(token, Optional.empty())).toList());
  }

  TokenDocument make(Call call) {
    TokenRequest request = call.body().read(TokenRequest.class);
    String name = Fields.text("name", request.name());
    Optional<Instant> end = end(request, call.now());
    String secret = Secret.random();
    AccessToken token =
        firewall.addToken(name, Secret.hash(secret), end, FirewallParameters.author(call.caller()));
    return document(token, Optional.of(secret));
  }

  private static TokenDocument document(AccessToken token, Optional<String> secret) {
    return new TokenDocument(token.id(), token.name(), secret, token.created(), token.expires());
  }

  private static Optional<Instant> end(TokenRequest request, Instant now) {
    return FirewallParameters.lifetime(request.duration(), request.until(), now)
        .map(
            lifetime -> {
              if (lifetime instanceof Lifetime.For time) {
                return now.plus(time.duration());
              }
              if (lifetime instanceof Lifetime.Until time) {
                return time.end();
              }
              throw Refusal.badField("until", "A token outlives a reboot: give a time.");
            });
  }

  Change revoke(Call call) {
    call.body().requireNoFields();
    return Change.of(firewall.revokeToken(id(call), FirewallParameters.terms(call)));
  }

  /** What is no number is no token's. */
  private static long id(Call call) {
    try {
      return Long.parseLong(call.path().getOrDefault("id", ""));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
