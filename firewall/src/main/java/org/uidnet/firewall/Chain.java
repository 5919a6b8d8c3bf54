package org.uidnet.firewall;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.uidnet.programs.layout.Layouts;

/**
 * The built-in chains: Android's, by its numbers (ConnectivityManager.FIREWALL_CHAIN_*).
 *
 * <p>A UID carries a chain's bit when it is on the chain's list. The programs judge by the bit and
 * the mask of enabled chains; metered chains have no enabled bit, they are always in force.
 */
public enum Chain {
  DOZABLE(1, Kind.ALLOWLIST, Layouts.CHAIN_DOZABLE, "DOZE"),
  STANDBY(2, Kind.DENYLIST, Layouts.CHAIN_STANDBY, "APP_STANDBY"),
  POWERSAVE(3, Kind.ALLOWLIST, Layouts.CHAIN_POWERSAVE, "BATTERY_SAVER"),
  RESTRICTED(4, Kind.ALLOWLIST, Layouts.CHAIN_RESTRICTED, "RESTRICTED_MODE"),
  LOW_POWER_STANDBY(5, Kind.ALLOWLIST, Layouts.CHAIN_LOW_POWER_STANDBY, "LOW_POWER_STANDBY"),
  BACKGROUND(6, Kind.ALLOWLIST, Layouts.CHAIN_BACKGROUND, "APP_BACKGROUND"),
  OEM_DENY_1(7, Kind.DENYLIST, Layouts.CHAIN_OEM_DENY_1, "OEM_DENY"),
  OEM_DENY_2(8, Kind.DENYLIST, Layouts.CHAIN_OEM_DENY_2, "OEM_DENY"),
  OEM_DENY_3(9, Kind.DENYLIST, Layouts.CHAIN_OEM_DENY_3, "OEM_DENY"),
  METERED_ALLOW(10, Kind.METERED_ALLOWLIST, Layouts.CHAIN_METERED_ALLOW, "METERED_DATA_SAVER"),
  METERED_DENY_USER(
      11, Kind.METERED_DENYLIST, Layouts.CHAIN_METERED_DENY_USER, "METERED_USER_RESTRICTED"),
  METERED_DENY_ADMIN(
      12, Kind.METERED_DENYLIST, Layouts.CHAIN_METERED_DENY_ADMIN, "METERED_ADMIN_DISABLED");

  /** What being on the list means. */
  public enum Kind {
    /** While enabled, blocks all UIDs but those on its list. */
    ALLOWLIST,
    /** While enabled, blocks the UIDs on its list. */
    DENYLIST,
    /** On metered networks, exempts from data saver; always in force. */
    METERED_ALLOWLIST,
    /** On metered networks, blocks; always in force. */
    METERED_DENYLIST;

    /** Whether chains of this kind can be enabled and disabled. */
    public boolean hasSwitch() {
      return this == ALLOWLIST || this == DENYLIST;
    }

    /** Whether being on the list lets pass. */
    public boolean isAllowlist() {
      return this == ALLOWLIST || this == METERED_ALLOWLIST;
    }

    /** The rule of UIDs on the list, or of those that are not. */
    Rule rule(boolean listed) {
      return listed == isAllowlist() ? Rule.ALLOW : Rule.DENY;
    }

    /** Whether a UID with that rule is on the list. */
    boolean lists(Rule rule) {
      return rule != Rule.DEFAULT && rule == rule(true);
    }
  }

  private final int number;
  private final Kind kind;
  private final int bit;
  private final String blockedReason;

  Chain(int number, Kind kind, int bit, String blockedReason) {
    this.number = number;
    this.kind = kind;
    this.bit = bit;
    this.blockedReason = blockedReason;
  }

  /** Android's number of the chain. */
  public int number() {
    return number;
  }

  public Kind kind() {
    return kind;
  }

  /** The chain's bit in a UID's rules and in the mask of enabled chains. */
  public int bit() {
    return bit;
  }

  /** What the chain's refusals are called. */
  public String blockedReason() {
    return blockedReason;
  }

  /** The name used outside, for example {@code oem-deny-1}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The chain of that name. */
  public static Optional<Chain> of(String label) {
    return Arrays.stream(values()).filter(chain -> chain.label().equals(label)).findFirst();
  }
}
