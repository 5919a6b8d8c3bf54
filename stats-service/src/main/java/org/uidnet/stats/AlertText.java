package org.uidnet.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.uidnet.stats.UsageFilter.UidRange;
import org.uidnet.stats.network.NamePattern;
import org.uidnet.stats.network.NetworkTemplate;
import org.uidnet.stats.network.NetworkType;

/** Templates of alerts as they are stored: one fact a line. Pure. */
final class AlertText {
  private AlertText() {}

  static String text(Alert.Template template) {
    List<String> lines = new ArrayList<>();
    template.uids().forEach(range -> lines.add("uid " + range.first() + "-" + range.last()));
    template.iface().ifPresent(name -> lines.add("iface " + name));
    NetworkTemplate networks = template.networks();
    networks.types().stream().map(NetworkType::code).sorted().forEach(t -> lines.add("type " + t));
    networks.names().forEach(name -> lines.add("network " + name.text()));
    networks.metered().ifPresent(yes -> lines.add("metered " + yes));
    networks.roaming().ifPresent(yes -> lines.add("roaming " + yes));
    networks.defaultNetwork().ifPresent(yes -> lines.add("default " + yes));
    return String.join("\n", lines);
  }

  /** What {@link #text} made. */
  static Alert.Template parse(String text) {
    List<String> lines = text.lines().toList();
    NetworkTemplate networks =
        NetworkTemplate.ANY
            .withTypes(
                all(lines, "type").stream()
                    .map(code -> new NetworkType(Integer.parseInt(code)))
                    .collect(Collectors.toSet()))
            .withNames(all(lines, "network").stream().map(NamePattern::new).toList())
            .withMetered(flag(lines, "metered"))
            .withRoaming(flag(lines, "roaming"))
            .withDefaultNetwork(flag(lines, "default"));
    return new Alert.Template(
        all(lines, "uid").stream().map(AlertText::range).toList(),
        all(lines, "iface").stream().findFirst(),
        networks);
  }

  private static UidRange range(String text) {
    int dash = text.indexOf('-');
    return new UidRange(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  private static Optional<Boolean> flag(List<String> lines, String name) {
    return all(lines, name).stream().map(Boolean::valueOf).findFirst();
  }

  private static List<String> all(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .toList();
  }
}
