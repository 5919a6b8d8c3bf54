package org.uidnet.firewall;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.programs.Prefix;

/** Documents as they are stored: one fact a line, to be read by people too. Pure. */
final class SettingText {
  private static final String TYPE = "type=";
  private static final String NETWORK = "network=";
  private static final String NO_INTERNET = "no-internet ";
  private static final String UPDATE_DEVICE_STATS = "update-device-stats ";
  private static final String RESTRICTED_NETWORKS = "use-restricted-networks ";

  private SettingText() {}

  /** The name under which a document is stored. */
  static String name(Class<? extends Setting> kind) {
    return kind.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }

  static String text(Setting setting) {
    return String.join("\n", lines(setting));
  }

  static List<String> lines(Setting setting) {
    if (setting instanceof Setting.State document) {
      return StateText.lines(document);
    }
    if (setting instanceof Setting.Interfaces document) {
      return lines(
          document.byName().entrySet().stream().map(e -> attributes(e.getKey(), e.getValue())));
    }
    if (setting instanceof Setting.InterfaceRules document) {
      return lines(document.byUid().entrySet().stream().map(e -> e.getKey() + " " + e.getValue()));
    }
    if (setting instanceof Setting.IngressDiscard document) {
      return lines(
          document.interfaces().entrySet().stream()
              .map(e -> e.getKey().getHostAddress() + " " + e.getValue()));
    }
    if (setting instanceof Setting.LocalNetwork document) {
      return local(document);
    }
    if (setting instanceof Setting.Quotas document) {
      return QuotaText.lines(document);
    }
    if (setting instanceof Setting.OwnRules document) {
      return OwnRuleText.lines(document);
    }
    if (setting instanceof Setting.Permissions document) {
      return permissions(document);
    }
    return lines(Stream.of(numbers(setting)).filter(text -> !text.isEmpty()));
  }

  private static String numbers(Setting setting) {
    if (setting instanceof Setting.BlockedPorts document) {
      return UidSet.of(document.ports().stream().mapToLong(Integer::longValue)).toString();
    }
    return UidSet.of(((Setting.Lockdown) setting).uids()).toString();
  }

  private static List<String> lines(Stream<String> lines) {
    return lines.toList();
  }

  private static String attributes(String name, Setting.Attributes attributes) {
    return name
        + (attributes.metered() ? " metered" : "")
        + (attributes.roaming() ? " roaming" : "")
        + (attributes.vpn() ? " vpn" : "")
        + (attributes.defaultNetwork() ? " default" : "")
        + attributes.type().map(type -> " " + TYPE + type).orElse("")
        + attributes.network().map(network -> " " + NETWORK + network).orElse("");
  }

  private static List<String> local(Setting.LocalNetwork document) {
    List<String> lines = new ArrayList<>();
    document.prefixes().forEach((prefix, rule) -> lines.add(rule + " " + prefix));
    document.deniedUids().forEach(uid -> lines.add("uid " + uid));
    return lines;
  }

  private static List<String> permissions(Setting.Permissions document) {
    return lines(
        Stream.of(
                list(NO_INTERNET, document.noInternet()),
                list(UPDATE_DEVICE_STATS, document.updateDeviceStats()),
                list(RESTRICTED_NETWORKS, document.useRestrictedNetworks()))
            .flatMap(Optional::stream));
  }

  /** UIDs after a name; empty: there are none. */
  static Optional<String> list(String name, SortedSet<Long> uids) {
    return uids.isEmpty() ? Optional.empty() : Optional.of(name + UidSet.of(uids));
  }

  /** What {@link #text} made. */
  static Setting parse(String name, String text) {
    List<String> lines = text.isEmpty() ? List.of() : List.of(text.split("\n"));
    return switch (name) {
      case "device" -> StateText.device(lines);
      case "idle-uids" -> StateText.idleUids(lines);
      case "uid-policies" -> StateText.uidPolicies(lines);
      case "interfaces" -> new Setting.Interfaces(interfaces(lines));
      case "interface-rules" -> new Setting.InterfaceRules(interfaceRules(lines));
      case "lockdown" -> new Setting.Lockdown(new TreeSet<>(UidSet.parse(text).toList()));
      case "ingress-discard" -> new Setting.IngressDiscard(ingressDiscard(lines));
      case "local-network" -> localNetwork(lines);
      case "blocked-ports" ->
          new Setting.BlockedPorts(
              UidSet.parse(text).stream()
                  .mapToObj(port -> (int) port)
                  .collect(Collectors.toCollection(TreeSet::new)));
      case "own-rules" -> OwnRuleText.parse(lines);
      case "quotas" -> QuotaText.parse(lines);
      case "permissions" -> permissions(lines);
      default -> throw new IllegalArgumentException("no document: " + name);
    };
  }

  private static SortedMap<String, Setting.Attributes> interfaces(List<String> lines) {
    SortedMap<String, Setting.Attributes> all = new TreeMap<>();
    for (String line : lines) {
      int network = line.indexOf(" " + NETWORK);
      List<String> words = List.of((network < 0 ? line : line.substring(0, network)).split(" "));
      List<String> facts = words.subList(1, words.size());
      all.put(
          words.get(0),
          new Setting.Attributes(
              facts.contains("metered"),
              facts.contains("roaming"),
              facts.contains("vpn"),
              facts.stream()
                  .filter(fact -> fact.startsWith(TYPE))
                  .map(fact -> fact.substring(TYPE.length()))
                  .findFirst(),
              network < 0
                  ? Optional.empty()
                  : Optional.of(line.substring(network + 1 + NETWORK.length())),
              facts.contains("default")));
    }
    return all;
  }

  private static SortedMap<Long, String> interfaceRules(List<String> lines) {
    SortedMap<Long, String> all = new TreeMap<>();
    lines.forEach(line -> all.put(Long.valueOf(first(line)), rest(line)));
    return all;
  }

  private static Map<InetAddress, String> ingressDiscard(List<String> lines) {
    Map<InetAddress, String> all = new LinkedHashMap<>();
    lines.forEach(line -> all.put(SettingRules.address(first(line)), rest(line)));
    return all;
  }

  private static Setting.LocalNetwork localNetwork(List<String> lines) {
    Map<Prefix, Rule> prefixes = new LinkedHashMap<>();
    TreeSet<Long> uids = new TreeSet<>();
    for (String line : lines) {
      if (first(line).equals("uid")) {
        uids.add(Long.valueOf(rest(line)));
      } else {
        prefixes.put(SettingRules.prefix(rest(line)), Rule.valueOf(first(line)));
      }
    }
    return new Setting.LocalNetwork(prefixes, uids);
  }

  private static Setting.Permissions permissions(List<String> lines) {
    return new Setting.Permissions(
        uids(lines, NO_INTERNET),
        uids(lines, UPDATE_DEVICE_STATS),
        uids(lines, RESTRICTED_NETWORKS));
  }

  /** What {@link #list} made, if it is among the lines. */
  static SortedSet<Long> uids(List<String> lines, String name) {
    SortedSet<Long> uids = new TreeSet<>();
    lines.stream()
        .filter(line -> line.startsWith(name))
        .forEach(line -> uids.addAll(UidSet.parse(rest(line)).toList()));
    return uids;
  }

  private static String first(String line) {
    return line.substring(0, line.indexOf(' '));
  }

  private static String rest(String line) {
    return line.substring(line.indexOf(' ') + 1);
  }
}
