package org.uidnet.firewall;

import java.util.Set;
import java.util.TreeSet;

/**
 * What the policy means, told by Android's table (reference/android.md 1.4, 3) and the exemptions
 * of ARCHITECTURE.md 3.3, without words, bits or maps: the third opinion beside {@link Judge} and
 * {@link ProgramRules}.
 */
final class AndroidTable {
  private final Policy policy;
  private final Exemptions exemptions;
  private final Moment now;

  AndroidTable(Policy policy, Exemptions exemptions, Moment now) {
    this.policy = policy;
    this.exemptions = exemptions;
    this.now = now;
  }

  /** Every reason to refuse a packet; none: it passes. {@code name} of the interface. */
  Set<String> reasons(ProgramRules.Packet packet, String name, boolean local) {
    Set<String> reasons = new TreeSet<>();
    boolean loopback = packet.ifindex() == 1;
    for (ChainState chain : policy.chains().values()) {
      if (chain.kind().hasSwitch()
          && chain.enabled()
          && !(loopback && chain.name().equals("background"))
          && blocks(chain, packet.uid())) {
        reasons.add(chain.blockedReason());
      }
    }
    if (!loopback) {
      addNetworkReasons(reasons, packet, name);
      if (local && isListed(policy.settings().localNetwork().deniedUids(), packet.uid())) {
        reasons.add("LOCAL_NETWORK");
      }
    }
    return reasons;
  }

  private boolean blocks(ChainState chain, long uid) {
    boolean listed = chain.lists(uid, now);
    return chain.kind().isAllowlist() ? !listed && !isSystem(uid) : listed && !isUntouchable(uid);
  }

  private void addNetworkReasons(Set<String> reasons, ProgramRules.Packet packet, String name) {
    Setting.Attributes network = policy.settings().interfaces().of(name);
    long uid = packet.uid();
    if (network.metered()) {
      addMetered(reasons, uid);
    }
    String only = policy.settings().interfaceRules().byUid().get(uid);
    boolean ruled = only != null && !isUntouchable(uid);
    boolean host = packet.netns() == Interfaces.HOST;
    boolean through = ruled && host && name.equals(only);
    if (ruled && packet.ingress()) {
      if (!only.equals("*") && host && !through) {
        reasons.add("INTERFACE_RULE");
      }
      return;
    }
    if (policy.settings().lockdown().uids().contains(uid)
        && !isSystem(uid)
        && !network.vpn()
        && !through) {
      reasons.add("LOCKDOWN_VPN");
    }
  }

  private void addMetered(Set<String> reasons, long uid) {
    if (blocks(policy.chain("metered-deny-admin"), uid)) {
      reasons.add("METERED_ADMIN_DISABLED");
    }
    if (blocks(policy.chain("metered-deny-user"), uid)) {
      reasons.add("METERED_USER_RESTRICTED");
    }
    if (policy.settings().device().is(DeviceFlag.DATA_SAVER)
        && blocks(policy.chain("metered-allow"), uid)) {
      reasons.add("METERED_DATA_SAVER");
    }
  }

  private boolean isListed(Set<Long> uids, long uid) {
    return uids.contains(uid) && !isUntouchable(uid);
  }

  private boolean isSystem(long uid) {
    return exemptions == Exemptions.ANDROID
        ? uid < 10000
        : uid < 1000 || (uid >= 61184 && uid <= 65519);
  }

  private boolean isUntouchable(long uid) {
    return exemptions == Exemptions.ANDROID ? uid < 10000 : uid == 0;
  }
}
