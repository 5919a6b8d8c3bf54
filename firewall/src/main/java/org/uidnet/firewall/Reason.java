package org.uidnet.firewall;

import java.util.Arrays;
import org.uidnet.programs.layout.Layouts;

/** Numbers of reasons, by the names that they are shown with. */
final class Reason {
  static final String INTERFACE_RULE = "INTERFACE_RULE";
  static final String LOCKDOWN_VPN = "LOCKDOWN_VPN";
  static final String LOCAL_NETWORK = "LOCAL_NETWORK";
  static final String NO_INTERNET_PERMISSION = "NO_INTERNET_PERMISSION";
  static final String QUOTA_EXCEEDED = "QUOTA_EXCEEDED";

  private Reason() {}

  /** A custom chain that is gone is shown by its number. */
  static String name(int number, Policy policy) {
    if (number >= Layouts.REASON_CUSTOM && number < Layouts.REASON_CUSTOM + Integer.SIZE) {
      return custom(number - Layouts.REASON_CUSTOM, policy);
    }
    return switch (number) {
      case Layouts.REASON_INTERFACE_RULE -> INTERFACE_RULE;
      case Layouts.REASON_LOCKDOWN_VPN -> LOCKDOWN_VPN;
      case Layouts.REASON_INGRESS_DISCARD -> "INGRESS_DISCARD";
      case Layouts.REASON_LOCAL_NETWORK -> LOCAL_NETWORK;
      case Layouts.REASON_NO_INTERNET_PERMISSION -> NO_INTERNET_PERMISSION;
      case Layouts.REASON_BLOCKED_PORT -> "BLOCKED_PORT";
      case Layouts.REASON_QUOTA_EXCEEDED -> QUOTA_EXCEEDED;
      default -> builtIn(number);
    };
  }

  private static String custom(int number, Policy policy) {
    return OwnDecisions.chain(1 << number)
        .map(chain -> "CUSTOM:" + chain)
        .or(
            () ->
                policy.custom().stream()
                    .filter(chain -> chain.bit() == 1 << number)
                    .map(ChainState::blockedReason)
                    .findFirst())
        .orElse("CUSTOM:#" + number);
  }

  private static String builtIn(int number) {
    return Arrays.stream(Chain.values())
        .filter(chain -> Integer.numberOfTrailingZeros(chain.bit()) == number)
        .map(Chain::blockedReason)
        .findFirst()
        .orElse("REASON_" + number);
  }
}
