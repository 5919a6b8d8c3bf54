package org.uidnet.api;

import org.uidnet.firewall.FirewallException;

/** What the firewall refuses, as HTTP says it; Android's error is the problem's {@code errno}. */
final class FirewallProblems {
  private FirewallProblems() {}

  static Refusal of(FirewallException e, Caller caller) {
    return Refusal.of(type(e.reason()), detail(e, caller)).withErrno(e.errno());
  }

  private static ProblemType type(FirewallException.Cause cause) {
    return switch (cause) {
      case UNKNOWN_CHAIN -> ProblemType.NO_SUCH_CHAIN;
      case NOT_LISTED -> ProblemType.NOT_LISTED;
      case UNKNOWN_CHANGE -> ProblemType.NO_SUCH_CHANGE;
      case INVALID -> ProblemType.INVALID_CHANGE;
      case UNKNOWN_INTERFACE -> ProblemType.UNKNOWN_INTERFACE;
      case OTHER_KIND -> ProblemType.OTHER_KIND;
      case FIXED -> ProblemType.FIXED_CHAIN;
      case NO_ROOM -> ProblemType.NO_ROOM;
      case STORE -> ProblemType.POLICY_UNAVAILABLE;
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
