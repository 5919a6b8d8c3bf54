package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.UID_INTERFACE_RULE;
import static org.uidnet.programs.layout.Layouts.UID_LOCKDOWN;
import static org.uidnet.programs.layout.Layouts.UID_NO_INTERNET;
import static org.uidnet.programs.layout.Layouts.UID_NO_LOCAL_NETWORK;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.uidnet.programs.layout.Layouts;

/**
 * What {@code rules.h} decides by the words of a row, as a function that says each rule's part. The
 * one place in Java that knows the programs' order and exceptions; {@link Explainer} gives it
 * names.
 */
final class Judge {
  /**
   * Words of control.
   *
   * @param chains enabled ones
   * @param custom enabled ones
   */
  record Masks(int chains, int custom, int customAllowlists) {
    static Masks of(Desired desired) {
      return new Masks(
          desired.enabledChains(), desired.enabledCustom(), desired.customAllowlists());
    }

    /** Whether no chain is enabled that was not, nor changed its kind. */
    boolean addNothingTo(Masks before) {
      return (chains & ~before.chains) == 0
          && (custom & ~before.custom) == 0
          && customAllowlists == before.customAllowlists;
    }
  }

  /**
   * What is judged.
   *
   * @param ifindex 0: one that no rule names
   * @param host whether it is in the host's network namespace
   * @param local whether the other end is in a local network
   */
  record Facts(
      int ifindex,
      boolean host,
      boolean metered,
      boolean vpn,
      boolean loopback,
      boolean inbound,
      boolean local) {}

  /** Which rule a finding is about. */
  enum Rule {
    CHAIN,
    CUSTOM,
    METERED,
    INTERFACE_RULE,
    LOCKDOWN,
    LOCAL_NETWORK,
    INTERNET_PERMISSION
  }

  /**
   * One rule's part.
   *
   * @param bit of the chain; 0 for other rules
   * @param asked whether it has a say
   */
  record Finding(Rule rule, int bit, boolean asked, boolean blocks) {}

  /** In the order of {@code metered_reason}. */
  private static final List<Chain> METERED =
      List.of(Chain.METERED_DENY_ADMIN, Chain.METERED_DENY_USER, Chain.METERED_ALLOW);

  private static final List<Chain> SWITCHED =
      Arrays.stream(Chain.values())
          .filter(chain -> chain.kind().hasSwitch())
          .sorted(Comparator.comparing(Chain::bit))
          .toList();

  private final Masks masks;
  private final Rows.Row row;
  private final Facts facts;

  private Judge(Masks masks, Rows.Row row, Facts facts) {
    this.masks = masks;
    this.row = row;
    this.facts = facts;
  }

  /** Every rule, in the order in which they are looked at; the first that blocks is counted. */
  static List<Finding> judge(Masks masks, Rows.Row row, Facts facts) {
    return new Judge(masks, row, facts).findings();
  }

  /**
   * What blocks a row on networks of some kind, bit by bit: equal ones have equal reasons.
   *
   * @param chains with those of metered networks
   * @param flags that block
   */
  record Blocking(int chains, int custom, int flags) {}

  static Blocking blocking(Masks masks, Rows.Row row) {
    return new Blocking(
        blocking(row.rules(), masks.chains(), Compiler.ALLOWLISTS),
        blocking(row.custom(), masks.custom(), masks.customAllowlists()),
        row.flags() & (UID_NO_INTERNET | UID_LOCKDOWN));
  }

  /** Every rule of an outgoing connection to the internet, over no VPN. */
  static List<Finding> findings(Blocking blocking, boolean metered) {
    Rows.Row blockedByAll = new Rows.Row(~Compiler.ALLOWLISTS, -1, blocking.flags(), 0, 0, 0);
    return judge(
        new Masks(blocking.chains(), blocking.custom(), 0),
        blockedByAll,
        new Facts(0, true, metered, false, false, false, false));
  }

  /** Whether a chain blocks who is on these lists, on every network but loopback. */
  static boolean blocksEverywhere(Masks masks, int rules, int custom) {
    return (blocking(rules, masks.chains() & ~Compiler.METERED, Compiler.ALLOWLISTS)
            | blocking(custom, masks.custom(), masks.customAllowlists()))
        != 0;
  }

  /** Set in an enabled denylist, or not set in an enabled allowlist: the bits that block. */
  private static int blocking(int listed, int enabled, int allowlists) {
    return enabled & (listed ^ allowlists);
  }

  private List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(flag(Rule.INTERNET_PERMISSION, UID_NO_INTERNET, !facts.inbound()));
    SWITCHED.forEach(chain -> findings.add(chain(chain)));
    Stream.iterate(1, bit -> bit != 0, bit -> bit << 1).forEach(bit -> findings.add(custom(bit)));
    METERED.forEach(chain -> findings.add(metered(chain)));
    findings.add(interfaceRule());
    findings.add(lockdown());
    findings.add(
        flag(Rule.LOCAL_NETWORK, UID_NO_LOCAL_NETWORK, !facts.loopback() && facts.local()));
    return findings;
  }

  private Finding chain(Chain chain) {
    boolean onLoopback = chain == Chain.BACKGROUND && facts.loopback();
    return listed(Rule.CHAIN, chain, !onLoopback);
  }

  private Finding metered(Chain chain) {
    return listed(Rule.METERED, chain, facts.metered() && !facts.loopback());
  }

  private Finding listed(Rule rule, Chain chain, boolean holds) {
    boolean asked = holds && (masks.chains() & chain.bit()) != 0;
    int blocking = blocking(row.rules(), masks.chains(), Compiler.ALLOWLISTS);
    return new Finding(rule, chain.bit(), asked, asked && (blocking & chain.bit()) != 0);
  }

  private Finding custom(int bit) {
    int blocking = blocking(row.custom(), masks.custom(), masks.customAllowlists());
    return new Finding(Rule.CUSTOM, bit, (masks.custom() & bit) != 0, (blocking & bit) != 0);
  }

  private Finding flag(Rule rule, int flag, boolean holds) {
    boolean asked = holds && has(flag);
    return new Finding(rule, 0, asked, asked);
  }

  private boolean has(int flag) {
    return (row.flags() & flag) != 0;
  }

  private boolean isAllowedInterface() {
    return facts.host() && facts.ifindex() == row.allowedInterface();
  }

  private Finding interfaceRule() {
    boolean asked = has(UID_INTERFACE_RULE) && facts.inbound() && !facts.loopback();
    boolean blocks = asked && row.allowedInterface() != 0 && facts.host() && !isAllowedInterface();
    return new Finding(Rule.INTERFACE_RULE, 0, asked, blocks);
  }

  /** An interface rule, even one for any interface, comes before it on the way in. */
  private Finding lockdown() {
    boolean asked =
        has(UID_LOCKDOWN) && !facts.loopback() && !(has(UID_INTERFACE_RULE) && facts.inbound());
    boolean allowed = row.allowedInterface() != 0 && isAllowedInterface();
    return new Finding(Rule.LOCKDOWN, 0, asked, asked && !facts.vpn() && !allowed);
  }

  /** The number under which the kernel counts what the finding blocks. */
  static int reason(Finding finding) {
    int bit = Integer.numberOfTrailingZeros(finding.bit());
    return switch (finding.rule()) {
      case CHAIN, METERED -> bit;
      case CUSTOM -> Layouts.REASON_CUSTOM + bit;
      case INTERFACE_RULE -> Layouts.REASON_INTERFACE_RULE;
      case LOCKDOWN -> Layouts.REASON_LOCKDOWN_VPN;
      case LOCAL_NETWORK -> Layouts.REASON_LOCAL_NETWORK;
      case INTERNET_PERMISSION -> Layouts.REASON_NO_INTERNET_PERMISSION;
    };
  }
}
