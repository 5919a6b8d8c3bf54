package org.uidnet.api;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.firewall.FirewallException;
import org.uidnet.programs.ErrnoException;
import org.uidnet.stats.HistoryException;

/** Every request's way: who asks, what is asked, may they, answer. */
final class ApiHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(ApiHandler.class);

  private final Gate gate;
  private final Router router;
  private final Clock clock;
  private final Patience patience;
  private final Places places;
  private final Limits limits;

  ApiHandler(
      Gate gate, Router router, Clock clock, Patience patience, Places places, Limits limits) {
    this.gate = gate;
    this.router = router;
    this.clock = clock;
    this.patience = patience;
    this.places = places;
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    patience.began(request);
    SecurityHeaders.put(response.getHeaders());
    answer(request).send(request, response, callback);
    return true;
  }

  private Answer answer(Request request) {
    Caller caller = Caller.nobody(Caller.Transport.TCP);
    try {
      caller = gate.admit(request);
      return answerInPlace(request, caller);
    } catch (Refusal e) {
      return Answer.problem(e);
    } catch (FirewallException e) {
      return Answer.problem(firewallRefused(request, caller, e));
    } catch (ErrnoException e) {
      return Answer.problem(TagProblems.of(e));
    } catch (HistoryException e) {
      LOG.warn(
          "{} {}: history unavailable: {}",
          request.getMethod(),
          encodedPath(request),
          e.toString());
      return Answer.problem(unavailable(caller, e));
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", request.getMethod(), encodedPath(request), e);
      return Answer.problem(ProblemErrorHandler.internal());
    }
  }

  private static Refusal firewallRefused(Request request, Caller caller, FirewallException e) {
    if (e.reason() == FirewallException.Cause.STORE) {
      LOG.warn(
          "{} {}: policy unavailable: {}", request.getMethod(), encodedPath(request), e.toString());
    }
    return FirewallProblems.of(e, caller);
  }

  private Answer answerInPlace(Request request, Caller caller) {
    Places.Place place = places.take(caller);
    try {
      return place.closedAfter(answer(request, caller));
    } catch (RuntimeException e) {
      place.close();
      throw e;
    }
  }

  private Answer answer(Request request, Caller caller) {
    Router.Match match = find(request, caller);
    Route route = match.route();
    if (!caller.isIdentified() && !route.access().admitsNobody(caller.transport())) {
      throw Access.unidentified(caller.transport());
    }
    Call call = call(request, caller, match);
    route.access().check(call);
    call.query().refuseUnknown(route.parameters());
    call.body().check();
    return route.endpoint().apply(call);
  }

  /** Who is not identified does not learn which paths there are. */
  private Router.Match find(Request request, Caller caller) {
    try {
      return router.find(request.getMethod(), path(request));
    } catch (Refusal e) {
      throw caller.isIdentified() ? e : Access.unidentified(caller.transport());
    }
  }

  private Call call(Request request, Caller caller, Router.Match match) {
    return new Call(
        caller,
        match.path(),
        Query.of(parameters(request)),
        new Body(request, match.route().body(), limits),
        clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  private static Fields parameters(Request request) {
    try {
      return Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw Refusal.of(
          ProblemType.INVALID_REQUEST, "The URL's parameters are not well encoded as UTF-8.");
    }
  }

  private static String path(Request request) {
    return Request.getPathInContext(request);
  }

  /** For the log: still encoded, so without line breaks, and without parameters. */
  private static String encodedPath(Request request) {
    return request.getHttpURI().getPath();
  }

  /** The store's own words may name files; they are for those who run the host. */
  static Refusal unavailable(Caller caller, HistoryException e) {
    return Refusal.of(
        ProblemType.HISTORY_UNAVAILABLE,
        caller.seesAll()
            ? String.valueOf(e.getMessage())
            : "The history cannot be used now; the log of uidnet says why.");
  }
}
