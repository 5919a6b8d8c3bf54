package org.uidnet.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.uidnet.api.Caller.Role;
import org.uidnet.api.Caller.Transport;

/**
 * Tells who calls, and turns away whoever calls wrongly or too often, before any route is looked
 * up.
 */
final class Gate {
  /** What the kernel answers for a UID that our user namespace does not know. */
  private static final long OVERFLOW_UID = 65534;

  private static final Map<String, String> RETRY = Map.of("Retry-After", "1");
  private static final String BEARER = "bearer ";

  /** Whom limits count together. */
  private static final String GUESSING = "guessing";

  private final Set<Long> admins;
  private final UnixPeers peers;
  private final Bearers bearers;
  private final RateLimiter limiter;
  private final Attempts attempts;
  private volatile Set<String> hosts = Set.of();

  Gate(Set<Long> admins, UnixPeers peers, Bearers bearers, RateLimiter limiter, Attempts attempts) {
    this.admins = admins;
    this.peers = peers;
    this.bearers = bearers;
    this.limiter = limiter;
    this.attempts = attempts;
  }

  /** Root and configured admins; never the overflow UID, which stands for anybody. */
  static boolean isAdmin(long uid, Set<Long> admins) {
    return uid == 0 || (uid != OVERFLOW_UID && admins.contains(uid));
  }

  /** Whether it tells who somebody is: the overflow UID does not. */
  static boolean isIdentity(OptionalLong uid) {
    return uid.isPresent() && uid.getAsLong() != OVERFLOW_UID;
  }

  /** The values of {@code Host} under which we are reached over TCP; known when the port is. */
  void answerTo(Set<String> hosts) {
    this.hosts = Set.copyOf(hosts);
  }

  /**
   * @throws Refusal 401, 403, 421 or 429
   */
  Caller admit(Request request) {
    Caller caller = isUnix(request) ? unix(request) : tcp(request);
    if (!caller.isUnlimited()) {
      takeTurn(caller.key());
    }
    return caller;
  }

  private void takeTurn(Object key) {
    if (!limiter.tryTake(key)) {
      throw tooMany("Too many requests; wait a second.");
    }
  }

  private static boolean isUnix(Request request) {
    return request.getConnectionMetaData().getConnector() instanceof UnixDomainServerConnector;
  }

  private Caller unix(Request request) {
    UnixPeers.Peer peer = peers.of(request.getConnectionMetaData().getConnection());
    if (peer.tooMany()) {
      throw tooMany("This UID has too many open connections; close some.");
    }
    OptionalLong uid = peer.uid();
    if (!isIdentity(uid)) {
      return Caller.nobody(Transport.UNIX);
    }
    Role role = isAdmin(uid.getAsLong(), admins) ? Role.ADMIN : Role.USER;
    return Caller.peer(uid.getAsLong(), role);
  }

  /** Browsers send foreign pages' requests here too: Host and Origin come before the token. */
  private Caller tcp(Request request) {
    requireOurHost(request);
    requireOurOrigin(request);
    List<String> headers = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    if (headers.isEmpty()) {
      return Caller.nobody(Transport.TCP);
    }
    return bearer(headers).orElseThrow(this::wrongToken);
  }

  private Optional<Caller> bearer(List<String> headers) {
    String authorization = headers.get(0);
    return headers.size() == 1 && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? bearers.caller(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  /** Who guesses takes turns of its own: pages that log in go on. */
  private Refusal wrongToken() {
    attempts.note(Attempts.Kind.WRONG_TOKEN);
    takeTurn(GUESSING);
    return Refusal.of(
        ProblemType.WRONG_TOKEN,
        "This token is not valid, or no longer; the admin's is in the daemon's admin.token, and"
            + " uidnet open begins a session.",
        Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }

  private void requireOurHost(Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      attempts.note(Attempts.Kind.FOREIGN_HOST);
      throw Refusal.of(
          ProblemType.FOREIGN_HOST,
          "This server does not answer under the request's Host; it is "
              + String.join(" or ", hosts.stream().sorted().toList())
              + ".");
    }
  }

  private void requireOurOrigin(Request request) {
    for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
      if (!origin.startsWith("http://") || !hosts.contains(origin.substring(7))) {
        attempts.note(Attempts.Kind.FOREIGN_ORIGIN);
        throw Refusal.of(
            ProblemType.FOREIGN_ORIGIN, "Pages of other origins may not use this server.");
      }
    }
  }

  private static Refusal tooMany(String detail) {
    return Refusal.of(ProblemType.TOO_MANY, detail, RETRY);
  }
}
