package org.uidnet.api;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.Caller.Proof;
import org.uidnet.api.Caller.Role;
import org.uidnet.api.model.CallerDocument;
import org.uidnet.api.model.Change;
import org.uidnet.api.model.SessionCode;
import org.uidnet.api.model.SessionCodeRequest;
import org.uidnet.api.model.SessionDocument;
import org.uidnet.api.model.SessionRequest;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.FirewallException;

/**
 * How a page gets in: who may use the unix socket gets a code, and the page exchanges it for a
 * session with the rights of that caller.
 */
final class SessionEndpoints {
  private static final Logger LOG = LoggerFactory.getLogger(SessionEndpoints.class);

  private final Sessions sessions;
  private final Firewall firewall;
  private final Supplier<Optional<HostPort>> http;
  private final Attempts attempts;

  /**
   * @param http where pages are served
   */
  SessionEndpoints(
      Sessions sessions, Firewall firewall, Supplier<Optional<HostPort>> http, Attempts attempts) {
    this.sessions = sessions;
    this.firewall = firewall;
    this.http = http;
    this.attempts = attempts;
  }

  SessionCode newCode(Call call) {
    Role role = role(call.body().readOr(SessionCodeRequest.class, SessionCodeRequest.SAME), call);
    HostPort address = http.get().orElseThrow(SessionEndpoints::noPages);
    Sessions.Issued code = sessions.newCode(call.caller().uid().orElseThrow(), role);
    String url = "http://" + address + "/#code=" + code.secret();
    return new SessionCode(code.secret(), url, code.expiresAt(), role.name());
  }

  private static Role role(SessionCodeRequest request, Call call) {
    Role own = call.caller().role();
    Role asked = request.role().map(SessionEndpoints::role).orElse(own);
    if (own != Role.ADMIN && asked != own) {
      throw Refusal.of(
          ProblemType.OWN_ONLY,
          "A session sees no more than who opens it: leave out 'role' to see your own.");
    }
    return asked;
  }

  private static Role role(String text) {
    return UsageParameters.oneOf(
        "role", text, Set.of(Role.ADMIN, Role.READ, Role.USER), Role::name);
  }

  private static Refusal noPages() {
    return Refusal.of(
        ProblemType.NO_PAGES,
        "There are no pages: the daemon was started with --http none and serves this socket only.");
  }

  /** The code is what identifies the caller: without a right one it is nobody. */
  SessionDocument open(Call call) {
    SessionRequest request = call.body().readOr(SessionRequest.class, SessionRequest.NONE);
    Sessions.Issued session = sessions.open(request.code().orElse("")).orElseThrow(this::wrongCode);
    note(session);
    return new SessionDocument(
        session.secret(), session.expiresAt(), session.role().name(), session.uid());
  }

  private Refusal wrongCode() {
    attempts.note(Attempts.Kind.WRONG_CODE);
    return Refusal.of(
        ProblemType.WRONG_CODE,
        "This code is not valid: each opens one session, within %d seconds. uidnet open makes another."
            .formatted(Sessions.CODE_TIME.toSeconds()),
        Map.of("WWW-Authenticate", "Bearer"));
  }

  /** Who looks after a policy that cannot be stored must get in all the same. */
  private void note(Sessions.Issued session) {
    try {
      Author by = new Author(session.uid(), "session", "");
      firewall.note("session", session.role() + " until " + session.expiresAt(), by);
    } catch (FirewallException e) {
      LOG.warn("a session of UID {} is not in the audit log: {}", session.uid(), e.toString());
    }
  }

  /** So that a page knows what to offer to the holder of a token. */
  CallerDocument caller(Call call) {
    return new CallerDocument(call.caller().role().name(), call.caller().uid());
  }

  Change end(Call call) {
    call.body().requireNoFields();
    Proof proof = call.caller().proof();
    boolean ended = proof.kind() == Proof.Kind.SESSION && sessions.end(proof.id());
    return Change.of(ended, call.now());
  }
}
