package org.uidnet.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
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

  private final Set<Long> admins;
  private final UnixPeers peers;
  private final AdminToken token;
  private final RateLimiter limiter;
  private volatile Set<String> hosts = Set.of();

  Gate(Set<Long> admins, UnixPeers peers, AdminToken token, RateLimiter limiter) {
    this.admins = admins;
    this.peers = peers;
    this.token = token;
    this.limiter = limiter;
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
    if (caller.role() != Role.ADMIN && !limiter.tryTake(caller.uid().orElse(UnixPeers.NO_UID))) {
      throw tooMany("Too many requests; wait a second.");
    }
    return caller;
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
    return new Caller(Transport.UNIX, uid, role);
  }

  /** Browsers send foreign pages' requests here too: Host and Origin come before the token. */
  private Caller tcp(Request request) {
    requireOurHost(request);
    requireOurOrigin(request);
    List<String> headers = request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION);
    if (headers.isEmpty()) {
      return Caller.nobody(Transport.TCP);
    }
    if (headers.size() != 1 || !isOurs(headers.get(0))) {
      throw Refusal.of(
          HttpStatus.UNAUTHORIZED_401,
          "This token is not valid; the right one is in the daemon's admin.token.",
          Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\""));
    }
    return new Caller(Transport.TCP, OptionalLong.empty(), Role.ADMIN);
  }

  private boolean isOurs(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        && token.matches(authorization.substring(BEARER.length()).strip());
  }

  private void requireOurHost(Request request) {
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
      throw Refusal.of(
          HttpStatus.MISDIRECTED_REQUEST_421,
          "This server does not answer under the request's Host; it is "
              + String.join(" or ", hosts.stream().sorted().toList())
              + ".");
    }
  }

  private void requireOurOrigin(Request request) {
    for (String origin : request.getHeaders().getValuesList(HttpHeader.ORIGIN)) {
      if (!origin.startsWith("http://") || !hosts.contains(origin.substring(7))) {
        throw Refusal.of(
            HttpStatus.FORBIDDEN_403, "Pages of other origins may not use this server.");
      }
    }
  }

  private static Refusal tooMany(String detail) {
    return Refusal.of(HttpStatus.TOO_MANY_REQUESTS_429, detail, RETRY);
  }
}
