package org.uidnet.api;

import org.eclipse.jetty.http.HttpStatus;
import org.uidnet.firewall.FirewallException;

/** What the firewall refuses, as HTTP says it; Android's error is the problem's {@code errno}. */
final class FirewallProblems {
  private FirewallProblems() {}

  static Refusal of(FirewallException e, Caller caller) {
    return Refusal.of(status(e.reason()), detail(e, caller)).withErrno(e.errno());
  }

  private static int status(FirewallException.Cause cause) {
    return switch (cause) {
      case UNKNOWN_CHAIN, NOT_LISTED, UNKNOWN_CHANGE -> HttpStatus.NOT_FOUND_404;
      case INVALID, UNKNOWN_INTERFACE -> HttpStatus.BAD_REQUEST_400;
      case OTHER_KIND, FIXED, NO_ROOM -> HttpStatus.CONFLICT_409;
      case STORE -> HttpStatus.SERVICE_UNAVAILABLE_503;
    };
  }

  /** The store's own words may name files; they are for those who run the host. */
  private static String detail(FirewallException e, Caller caller) {
    boolean secret = e.reason() == FirewallException.Cause.STORE && !caller.seesAll();
    return secret
        ? "The policy cannot be used now; the log of uidnet says why."
        : String.valueOf(e.getMessage());
  }
}
