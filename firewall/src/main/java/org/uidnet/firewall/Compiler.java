package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.NETWORK_METERED;
import static org.uidnet.programs.layout.Layouts.NETWORK_ROAMING;
import static org.uidnet.programs.layout.Layouts.NETWORK_TUNNEL;
import static org.uidnet.programs.layout.Layouts.NETWORK_VPN;
import static org.uidnet.programs.layout.Layouts.SWITCH_BLOCKED_PORTS;
import static org.uidnet.programs.layout.Layouts.SWITCH_INGRESS_DISCARD;
import static org.uidnet.programs.layout.Layouts.SWITCH_QUOTAS;
import static org.uidnet.programs.layout.Layouts.UID_INTERFACE_RULE;
import static org.uidnet.programs.layout.Layouts.UID_LOCKDOWN;
import static org.uidnet.programs.layout.Layouts.UID_NO_INTERNET;
import static org.uidnet.programs.layout.Layouts.UID_NO_LOCAL_NETWORK;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;

/** From policy to the contents of the maps. Pure; {@code rules.h} says what they do. */
final class Compiler {
  /** Built-in chains that let pass who is listed. */
  static final int ALLOWLISTS =
      bits(Arrays.stream(Chain.values()).filter(chain -> chain.kind().isAllowlist()).toList());

  /** Built-in chains that hold on metered networks only. */
  static final int METERED =
      bits(Arrays.stream(Chain.values()).filter(chain -> !chain.kind().hasSwitch()).toList());

  /**
   * An index that no interface has: a rule whose interface is gone lets nothing through, as 0 would
   * let all.
   */
  static final int GONE = Integer.MAX_VALUE;

  private static final NetworkId ANY = new NetworkId(0, 0);
  private static final NetworkId NOWHERE = new NetworkId(0, GONE);

  private final Policy policy;
  private final QuotaBook quotas;
  private final Exemptions exemptions;
  private final Links links;
  private final Moment now;
  private final Rows rows;

  private Compiler(
      Policy policy, QuotaBook quotas, Exemptions exemptions, Links links, Moment now, Rows rows) {
    this.rows = rows;
    this.policy = policy;
    this.quotas = quotas;
    this.exemptions = exemptions;
    this.links = links;
    this.now = now;
  }

  private static int bits(Collection<Chain> chains) {
    return chains.stream().mapToInt(Chain::bit).reduce(0, (a, b) -> a | b);
  }

  static Desired compile(
      Policy policy, QuotaBook quotas, Exemptions exemptions, Links links, Moment now) {
    Compiler compiler = new Compiler(policy, quotas, exemptions, links, now, new Rows());
    compiler.fillRows();
    return compiler.compile();
  }

  /**
   * The same, where the rows are known.
   *
   * @param rows made from equal {@link RowSources}
   */
  static Desired compile(
      Policy policy, QuotaBook quotas, Exemptions exemptions, Links links, Moment now, Rows rows) {
    return new Compiler(policy, quotas, exemptions, links, now, rows).compile();
  }

  private Desired compile() {
    Map<NetworkId, Integer> networks = networks();
    boolean metered = networks.values().stream().anyMatch(flags -> (flags & NETWORK_METERED) != 0);
    return new Desired(
        enabledChains(policy, metered),
        enabledCustom(policy),
        customAllowlists(policy),
        switches(),
        rows,
        networks,
        ingressDiscard(),
        localNetworks(policy.settings().localNetwork()),
        blockedPorts(),
        quotas(),
        quotasOfAll());
  }

  /**
   * Chains in force. Android's metered lists always are; their bits spare the look-up where there
   * is no metered network, and an empty list of who is allowed stands for data saver.
   */
  static int enabledChains(Policy policy, boolean metered) {
    int bits = 0;
    for (Chain chain : Chain.values()) {
      boolean inForce =
          chain.kind().hasSwitch()
              ? policy.chain(chain.label()).enabled()
              : metered
                  && (chain != Chain.METERED_ALLOW
                      || policy.settings().device().is(DeviceFlag.DATA_SAVER));
      bits |= inForce ? chain.bit() : 0;
    }
    return bits;
  }

  static int enabledCustom(Policy policy) {
    return policy.custom().stream()
        .filter(ChainState::enabled)
        .mapToInt(ChainState::bit)
        .reduce(0, (a, b) -> a | b);
  }

  private static int customAllowlists(Policy policy) {
    return policy.custom().stream()
        .filter(chain -> chain.kind().isAllowlist())
        .mapToInt(ChainState::bit)
        .reduce(0, (a, b) -> a | b);
  }

  private int switches() {
    Settings settings = policy.settings();
    return (settings.ingressDiscard().interfaces().isEmpty() ? 0 : SWITCH_INGRESS_DISCARD)
        | (settings.blockedPorts().ports().isEmpty() ? 0 : SWITCH_BLOCKED_PORTS)
        | (quotasOfAll().isEmpty() ? 0 : SWITCH_QUOTAS);
  }

  private void fillRows() {
    fillExempt();
    policy.chains().values().forEach(this::fill);
    fillFlags(policy.settings().permissions().noInternet(), UID_NO_INTERNET);
    fillFlags(policy.settings().localNetwork().deniedUids(), UID_NO_LOCAL_NETWORK);
    for (long uid : policy.settings().lockdown().uids()) {
      if (!exemptions.fromAllowlists(uid)) {
        rows.addFlag(uid, UID_LOCKDOWN);
      }
    }
    policy.settings().interfaceRules().byUid().forEach(this::fillInterfaceRule);
    quotas.forEach(policy.settings().quotas(), this::fillQuota);
  }

  /** On every allowlist, so that programs need not know of exemptions. */
  private void fillExempt() {
    int custom = customAllowlists(policy);
    exemptions
        .all()
        .forEach(
            uid -> {
              rows.addRules(uid, ALLOWLISTS);
              rows.addCustom(uid, custom);
            });
  }

  private void fill(ChainState chain) {
    chain.uids(now).stream()
        .filter(uid -> chain.kind().isAllowlist() || !exemptions.fromEverything(uid))
        .forEach(uid -> fill(chain, uid));
  }

  private void fill(ChainState chain, long uid) {
    if (chain.custom()) {
      rows.addCustom(uid, chain.bit());
    } else {
      rows.addRules(uid, chain.bit());
    }
  }

  private void fillFlags(SortedSet<Long> uids, int flag) {
    for (long uid : uids) {
      if (!exemptions.fromEverything(uid)) {
        rows.addFlag(uid, flag);
      }
    }
  }

  private void fillInterfaceRule(long uid, String name) {
    if (!exemptions.fromEverything(uid)) {
      rows.addFlag(uid, UID_INTERFACE_RULE);
      rows.setAllowedInterface(uid, name.equals(Setting.InterfaceRules.ANY) ? 0 : ifindex(name));
    }
  }

  private void fillQuota(Quota quota, QuotaState state) {
    quota.template().uids().stream()
        .filter(uid -> !exemptions.fromEverything(uid))
        .forEach(uid -> rows.addQuota(uid, state.number()));
  }

  private SortedMap<Integer, Desired.Quota> quotas() {
    SortedMap<Integer, Desired.Quota> all = new TreeMap<>();
    quotas.forEach(
        policy.settings().quotas(), (quota, state) -> all.put(state.number(), quota(quota, state)));
    return all;
  }

  private Desired.Quota quota(Quota quota, QuotaState state) {
    Quota.Template template = quota.template();
    NetworkId network = template.iface().map(this::network).orElse(ANY);
    return new Desired.Quota(
        state.limit(quota),
        network.netns(),
        network.ifindex(),
        template.metered() ? NETWORK_METERED : 0,
        template.isForAnyNetwork() && state.isUsedUp(quota));
  }

  private NetworkId network(String name) {
    return links.named(name).map(Links.Link::id).orElse(NOWHERE);
  }

  private List<Integer> quotasOfAll() {
    List<Integer> numbers = new ArrayList<>();
    quotas.forEach(
        policy.settings().quotas(),
        (quota, state) -> {
          if (quota.template().isForAll()) {
            numbers.add(state.number());
          }
        });
    return numbers;
  }

  private int ifindex(String name) {
    return links.ofHost(name).map(link -> link.id().ifindex()).orElse(GONE);
  }

  private Map<NetworkId, Integer> networks() {
    Map<NetworkId, Integer> networks = new HashMap<>();
    for (Links.Link link : links.all()) {
      int flags =
          flags(policy.settings().interfaces().of(link.name()))
              | (link.tunnel() ? NETWORK_TUNNEL : 0);
      if (flags != 0) {
        networks.put(link.id(), flags);
      }
    }
    return networks;
  }

  static int flags(Setting.Attributes attributes) {
    return (attributes.metered() ? NETWORK_METERED : 0)
        | (attributes.roaming() ? NETWORK_ROAMING : 0)
        | (attributes.vpn() ? NETWORK_VPN : 0);
  }

  private Map<InetAddress, Integer> ingressDiscard() {
    Map<InetAddress, Integer> discard = new HashMap<>();
    policy
        .settings()
        .ingressDiscard()
        .interfaces()
        .forEach((address, name) -> discard.put(address, ifindex(name)));
    return discard;
  }

  private static Map<Prefix, Boolean> localNetworks(Setting.LocalNetwork document) {
    Map<Prefix, Boolean> local = new HashMap<>();
    document.prefixes().forEach((prefix, rule) -> local.put(prefix, rule == Rule.DENY));
    return local;
  }

  private BitSet blockedPorts() {
    BitSet ports = new BitSet();
    policy.settings().blockedPorts().ports().forEach(ports::set);
    return ports;
  }
}
