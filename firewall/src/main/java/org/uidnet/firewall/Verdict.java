package org.uidnet.firewall;

import java.util.List;
import java.util.Optional;

/**
 * Whether packets pass, and each rule's part in it.
 *
 * @param reasons blocked reasons by name; the first is the one that is counted
 * @param refusedBy where; empty if not blocked
 * @param chain every chain, then every other rule, in the order in which they are looked at
 */
public record Verdict(
    boolean blocked, List<String> reasons, Optional<RefusedBy> refusedBy, List<Step> chain) {
  public Verdict {
    reasons = List.copyOf(reasons);
    chain = List.copyOf(chain);
  }

  /** Where something is refused first. */
  public enum RefusedBy {
    /** {@code socket}, by the caller's UID. */
    CREATE,
    /** TCP {@code connect}, by the caller's UID; packets of other protocols, by the owner's. */
    CONNECT,
    /** Packets, by the UID of the socket's owner. */
    PACKET
  }

  /** What a rule says. */
  public enum Effect {
    BLOCKS,
    PASSES,
    /** It does not hold for this network or direction, is disabled, or has no say. */
    NOT_ASKED
  }

  /**
   * One rule.
   *
   * @param name of a chain, or {@code interface-rule}, {@code lockdown}, {@code local-network},
   *     {@code internet-permission}, {@code quota ID}
   * @param kind of a chain
   * @param listed whether the UID is on the list
   * @param exempt whether the UID is exempt from it
   * @param reason the blocked reason that it gives
   * @param lift the command that would lift the block; empty if it does not block
   * @param detail for people to read; of a quota: how it stands, of a chain: what of it comes from
   *     the state of the device and the UID
   */
  public record Step(
      String name,
      Optional<Chain.Kind> kind,
      boolean enabled,
      boolean listed,
      boolean exempt,
      Effect effect,
      String reason,
      Optional<String> lift,
      Optional<String> detail) {}
}
