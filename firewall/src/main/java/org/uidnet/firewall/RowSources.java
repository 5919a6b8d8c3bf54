package org.uidnet.firewall;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** All that the rows of a policy are made of: equal sources make equal rows. */
record RowSources(
    List<Listed> lists,
    Exemptions exemptions,
    SortedSet<Long> noInternet,
    Setting.LocalNetwork localNetwork,
    Setting.Lockdown lockdown,
    Setting.InterfaceRules interfaceRules,
    Map<Integer, UidSet> quotas,
    Links links) {
  /** A chain's list; whether the chain is enabled is in no row. */
  private record Listed(Chain.Kind kind, boolean custom, int bit, UidSet uids) {}

  static RowSources of(
      Policy policy, QuotaBook quotas, Exemptions exemptions, Links links, Moment now) {
    Settings settings = policy.settings();
    return new RowSources(
        policy.chains().values().stream()
            .map(chain -> new Listed(chain.kind(), chain.custom(), chain.bit(), chain.uids(now)))
            .toList(),
        exemptions,
        settings.permissions().noInternet(),
        settings.localNetwork(),
        settings.lockdown(),
        settings.interfaceRules(),
        quotas.uidsByNumber(settings.quotas()),
        links);
  }
}
