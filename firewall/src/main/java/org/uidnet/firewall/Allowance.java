package org.uidnet.firewall;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why a UID is spared what blocks others: Android's allowed reasons, each with the blocked reasons
 * that it lifts ({@code NetworkPolicyManager.ALLOWED_REASON_*}, {@code UidBlockedState}).
 */
enum Allowance {
  SYSTEM(1),
  FOREGROUND(2),
  POWER_SAVE_ALLOWLIST(4),
  POWER_SAVE_EXCEPT_IDLE_ALLOWLIST(8),
  RESTRICTED_MODE_PERMISSIONS(16),
  TOP(32),
  LOW_POWER_STANDBY_ALLOWLIST(64),
  NOT_IN_BACKGROUND(128),
  METERED_USER_EXEMPTED(1 << 16),
  METERED_SYSTEM(1 << 17),
  METERED_FOREGROUND(1 << 18);

  private final int number;

  Allowance(int number) {
    this.number = number;
  }

  /** Android's bit. */
  int number() {
    return number;
  }

  boolean lifts(String reason) {
    return switch (this) {
      case SYSTEM -> !isMetered(reason);
      case METERED_SYSTEM -> isMetered(reason);
      case FOREGROUND -> isOf(reason, Chain.POWERSAVE, Chain.DOZABLE, Chain.STANDBY);
      case POWER_SAVE_ALLOWLIST ->
          isOf(reason, Chain.POWERSAVE, Chain.DOZABLE, Chain.STANDBY, Chain.BACKGROUND);
      case POWER_SAVE_EXCEPT_IDLE_ALLOWLIST ->
          isOf(reason, Chain.POWERSAVE, Chain.STANDBY, Chain.BACKGROUND);
      case RESTRICTED_MODE_PERMISSIONS -> isOf(reason, Chain.RESTRICTED);
      case TOP, LOW_POWER_STANDBY_ALLOWLIST -> isOf(reason, Chain.LOW_POWER_STANDBY);
      case NOT_IN_BACKGROUND -> isOf(reason, Chain.BACKGROUND);
      case METERED_USER_EXEMPTED -> isOf(reason, Chain.METERED_ALLOW);
      case METERED_FOREGROUND -> isOf(reason, Chain.METERED_ALLOW, Chain.METERED_DENY_USER);
    };
  }

  private static boolean isMetered(String reason) {
    return reason.startsWith("METERED_");
  }

  private static boolean isOf(String reason, Chain... chains) {
    return Arrays.stream(chains).anyMatch(chain -> chain.blockedReason().equals(reason));
  }

  /** Those of the reasons that still block. */
  static Set<String> effective(Set<String> blocked, Set<Allowance> allowed) {
    return blocked.stream()
        .filter(reason -> lifting(reason, allowed).isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those that lift the reason. */
  static Set<Allowance> lifting(String reason, Set<Allowance> allowed) {
    EnumSet<Allowance> lifting = EnumSet.noneOf(Allowance.class);
    allowed.stream().filter(allowance -> allowance.lifts(reason)).forEach(lifting::add);
    return lifting;
  }
}
