package org.uidnet.firewall;

import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that own rules depend on, at a moment. A value.
 *
 * @param networks names of current networks
 * @param foreground UIDs
 * @param usedUp ids of quotas
 * @param zone in which hours are told
 */
record HostFacts(
    Setting.Device device,
    Set<LinkFact> links,
    Set<String> networks,
    Set<Long> foreground,
    Set<String> usedUp,
    Instant now,
    ZoneId zone) {

  /**
   * @param zone of the host; rules may name another
   */
  static HostFacts of(PolicyStore.Contents contents, Links links, Moment now, ZoneId zone) {
    Settings settings = contents.policy().settings();
    List<Setting.Attributes> present =
        links.all().stream().map(link -> settings.interfaces().of(link.name())).toList();
    List<Setting.Attributes> current = current(present);
    return new HostFacts(
        settings.device(),
        facts(present, current),
        current.stream()
            .flatMap(network -> network.network().stream())
            .collect(Collectors.toUnmodifiableSet()),
        contents.processes().at(now).foreground(),
        usedUp(contents),
        now.wall(),
        settings.ownRules().zone().orElse(zone));
  }

  private static List<Setting.Attributes> current(List<Setting.Attributes> present) {
    List<Setting.Attributes> marked =
        present.stream().filter(Setting.Attributes::defaultNetwork).toList();
    return marked.isEmpty() ? present : marked;
  }

  private static Set<LinkFact> facts(
      List<Setting.Attributes> present, List<Setting.Attributes> current) {
    Set<LinkFact> facts = EnumSet.noneOf(LinkFact.class);
    if (current.stream().anyMatch(Setting.Attributes::metered)) {
      facts.add(LinkFact.METERED);
    }
    if (current.stream().anyMatch(Setting.Attributes::roaming)) {
      facts.add(LinkFact.ROAMING);
    }
    if (present.stream().anyMatch(Setting.Attributes::vpn)) {
      facts.add(LinkFact.VPN);
    }
    return facts;
  }

  private static Set<String> usedUp(PolicyStore.Contents contents) {
    Set<String> ids = new TreeSet<>();
    contents
        .policy()
        .settings()
        .quotas()
        .byId()
        .forEach(
            (id, quota) ->
                contents
                    .quotas()
                    .find(id)
                    .filter(s -> s.isUsedUp(quota))
                    .ifPresent(s -> ids.add(id)));
    return ids;
  }

  boolean is(DeviceFlag flag) {
    return device.is(flag);
  }

  boolean is(LinkFact fact) {
    return links.contains(fact);
  }
}
