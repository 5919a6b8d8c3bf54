package org.uidnet.firewall;

import static org.uidnet.firewall.FirewallException.Cause.UNKNOWN_INTERFACE;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.programs.Prefix;

/** Which settings there are at first, and which are valid. Pure. */
final class SettingRules {
  /** Less than the kernel's maps hold. */
  private static final int MOST_ENTRIES = 1000;

  private static final int LONGEST_NAME = 100;
  private static final int LAST_PORT = 65535;

  /** What Android calls local; LAN, link-local, carrier-grade NAT, multicast and broadcast. */
  private static final List<String> LOCAL =
      List.of(
          "10.0.0.0/8",
          "100.64.0.0/10",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
          "224.0.0.0/4",
          "255.255.255.255/32",
          "fc00::/7",
          "fe80::/10",
          "ff00::/8");

  static final Settings INITIAL =
      new Settings(
          Setting.Device.of(),
          new Setting.IdleUids(new TreeSet<>()),
          new Setting.UidPolicies(new TreeSet<>(), new TreeSet<>()),
          Setting.Interfaces.none(),
          new Setting.InterfaceRules(new TreeMap<>()),
          new Setting.Lockdown(new TreeSet<>()),
          new Setting.IngressDiscard(Map.of()),
          new Setting.LocalNetwork(local(), new TreeSet<>()),
          new Setting.BlockedPorts(new TreeSet<>()),
          new Setting.Quotas(new TreeMap<>()),
          Setting.OwnRules.NONE,
          new Setting.Permissions(new TreeSet<>(), new TreeSet<>(), new TreeSet<>()));

  private SettingRules() {}

  private static Map<Prefix, Rule> local() {
    Map<Prefix, Rule> prefixes = new LinkedHashMap<>();
    LOCAL.forEach(text -> prefixes.put(prefix(text), Rule.DENY));
    return prefixes;
  }

  static Prefix prefix(String text) {
    int slash = text.indexOf('/');
    return new Prefix(
        address(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
  }

  /** Numbers only: no name is looked up. */
  static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no address: " + text, e);
    }
  }

  static Settings with(Settings all, Setting document) {
    return new Settings(
        pick(document, all.device()),
        pick(document, all.idleUids()),
        pick(document, all.uidPolicies()),
        pick(document, all.interfaces()),
        pick(document, all.interfaceRules()),
        pick(document, all.lockdown()),
        pick(document, all.ingressDiscard()),
        pick(document, all.localNetwork()),
        pick(document, all.blockedPorts()),
        pick(document, all.quotas()),
        pick(document, all.ownRules()),
        pick(document, all.permissions()));
  }

  /** The document where it is of that type, else what was there. */
  @SuppressWarnings("unchecked")
  private static <S extends Setting> S pick(Setting document, S before) {
    return document.getClass() == before.getClass() ? (S) document : before;
  }

  /** Those that the document names. */
  static Collection<Long> uids(Setting setting) {
    if (setting instanceof Setting.InterfaceRules document) {
      return document.byUid().keySet();
    }
    if (setting instanceof Setting.Lockdown document) {
      return document.uids();
    }
    if (setting instanceof Setting.LocalNetwork document) {
      return document.deniedUids();
    }
    if (setting instanceof Setting.Permissions document) {
      return all(
          Stream.of(
              document.noInternet(),
              document.updateDeviceStats(),
              document.useRestrictedNetworks()));
    }
    if (setting instanceof Setting.State document) {
      return uids(document);
    }
    if (setting instanceof Setting.OwnRules document) {
      return OwnRuleChecks.uids(document);
    }
    return setting instanceof Setting.Quotas document ? QuotaRules.uids(document) : List.of();
  }

  private static Collection<Long> uids(Setting.State state) {
    if (state instanceof Setting.UidPolicies document) {
      return all(Stream.of(document.rejectMetered(), document.allowMetered()));
    }
    return state instanceof Setting.IdleUids document ? document.uids() : List.of();
  }

  private static Collection<Long> all(Stream<? extends Collection<Long>> lists) {
    return lists.flatMap(Collection::stream).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The document without anything that names the UID. */
  static Setting withoutUid(Setting setting, long uid) {
    if (setting instanceof Setting.InterfaceRules document) {
      SortedMap<Long, String> rest = new TreeMap<>(document.byUid());
      rest.remove(uid);
      return new Setting.InterfaceRules(rest);
    }
    if (setting instanceof Setting.Lockdown document) {
      return new Setting.Lockdown(without(document.uids(), uid));
    }
    if (setting instanceof Setting.LocalNetwork document) {
      return new Setting.LocalNetwork(document.prefixes(), without(document.deniedUids(), uid));
    }
    if (setting instanceof Setting.Permissions document) {
      return new Setting.Permissions(
          without(document.noInternet(), uid),
          without(document.updateDeviceStats(), uid),
          without(document.useRestrictedNetworks(), uid));
    }
    if (setting instanceof Setting.UidPolicies document) {
      return document.with(uid, UidPolicy.NONE);
    }
    if (setting instanceof Setting.IdleUids document) {
      return document.with(uid, false);
    }
    if (setting instanceof Setting.OwnRules document) {
      return OwnRuleChecks.withoutUid(document, uid);
    }
    return setting instanceof Setting.Quotas document
        ? QuotaRules.withoutUid(document, uid)
        : setting;
  }

  private static SortedSet<Long> without(SortedSet<Long> uids, long uid) {
    SortedSet<Long> rest = new TreeSet<>(uids);
    rest.remove(uid);
    return rest;
  }

  /**
   * Names of interfaces must be known where they are new: what was accepted once stays valid when
   * the interface vanishes.
   */
  static void check(Setting before, Setting after, Links interfaces) {
    if (after instanceof Setting.Interfaces document) {
      document.byName().forEach(SettingRules::checkAttributes);
      checkSize(document.byName().size(), "interfaces");
    } else if (after instanceof Setting.InterfaceRules document) {
      checkUids(document.byUid().keySet());
      requireKnown(document.byUid().values(), before, interfaces);
    } else if (after instanceof Setting.IngressDiscard document) {
      document.interfaces().keySet().forEach(SettingRules::checkDiscard);
      checkSize(document.interfaces().size(), "addresses");
      requireKnown(document.interfaces().values(), before, interfaces);
    } else if (after instanceof Setting.BlockedPorts document) {
      document.ports().forEach(SettingRules::checkPort);
    } else {
      checkLists(after);
    }
  }

  private static void checkLists(Setting after) {
    if (after instanceof Setting.Quotas document) {
      QuotaRules.check(document);
    } else if (after instanceof Setting.OwnRules document) {
      OwnRuleChecks.check(document);
    } else if (after instanceof Setting.Lockdown document) {
      checkUids(document.uids());
    } else if (after instanceof Setting.Permissions document) {
      checkUids(uids(document));
    } else if (after instanceof Setting.State document) {
      checkUids(uids(document));
    } else if (after instanceof Setting.LocalNetwork document) {
      checkUids(document.deniedUids());
      checkSize(document.prefixes().size(), "prefixes");
      document.prefixes().values().forEach(SettingRules::checkLocalRule);
    }
  }

  private static void checkUids(Collection<Long> uids) {
    uids.forEach(Policy::checkUid);
  }

  private static void checkLocalRule(Rule rule) {
    if (rule == Rule.DEFAULT) {
      throw FirewallException.invalid("a local network is ALLOW or DENY, not DEFAULT");
    }
  }

  private static void checkAttributes(String name, Setting.Attributes attributes) {
    checkName(name);
    attributes.type().ifPresent(SettingRules::checkType);
    attributes.network().ifPresent(SettingRules::checkNetwork);
  }

  static void checkName(String name) {
    if (name.isEmpty()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      throw FirewallException.invalid(
          "an interface's name has 1 to " + LONGEST_NAME + " characters and no spaces");
    }
  }

  private static void checkType(String type) {
    if (!type.matches("[a-z0-9-]{1,20}")) {
      throw FirewallException.invalid(
          "a type of network is one word of at most 20 small letters, digits and -");
    }
  }

  private static void checkNetwork(String network) {
    if (network.length() > LONGEST_NAME || network.chars().anyMatch(Character::isISOControl)) {
      throw FirewallException.invalid(
          "a network's name has at most " + LONGEST_NAME + " characters, none of them a control");
    }
  }

  private static void checkDiscard(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      throw FirewallException.invalid(
          address.getHostAddress() + " belongs to no single interface: nothing can be discarded");
    }
  }

  private static void checkPort(int port) {
    if (port < 1 || port > LAST_PORT) {
      throw FirewallException.invalid(
          port + " is no port that can be blocked: those are 1 to " + LAST_PORT);
    }
  }

  private static void checkSize(int size, String what) {
    if (size > MOST_ENTRIES) {
      throw FirewallException.invalid(
          size + " " + what + " are more than the " + MOST_ENTRIES + " that there is room for");
    }
  }

  private static void requireKnown(Collection<String> names, Setting before, Links interfaces) {
    Collection<String> known = named(before);
    for (String name : names) {
      if (!known.contains(name) && !isKnown(name, before, interfaces)) {
        throw new FirewallException(
            UNKNOWN_INTERFACE,
            "there is no interface '" + name + "' in the host's network namespace");
      }
    }
  }

  private static boolean isKnown(String name, Setting document, Links interfaces) {
    boolean any =
        document instanceof Setting.InterfaceRules && name.equals(Setting.InterfaceRules.ANY);
    return any || interfaces.ofHost(name).isPresent();
  }

  private static Collection<String> named(Setting document) {
    if (document instanceof Setting.InterfaceRules rules) {
      return rules.byUid().values();
    }
    return document instanceof Setting.IngressDiscard discard
        ? discard.interfaces().values()
        : List.of();
  }
}
