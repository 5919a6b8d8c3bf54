package org.uidnet.api.model;

import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.Quota;

/**
 * Which traffic a quota is for; what is absent does not restrict.
 *
 * @param uid in requests, instead of {@code uids}
 * @param uids they share the quota
 * @param iface {@code eth0}, or {@code netns:4026/eth0}; it need not exist
 * @param metered true: metered networks only
 */
public record QuotaTemplate(
    Optional<Long> uid,
    Optional<List<Long>> uids,
    Optional<String> iface,
    Optional<Boolean> metered) {
  public static QuotaTemplate of(Quota.Template template) {
    return new QuotaTemplate(
        Optional.empty(),
        template.isForAll() ? Optional.empty() : Optional.of(template.uids().toList()),
        template.iface(),
        Optional.of(template.metered()));
  }
}
