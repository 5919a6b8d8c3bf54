package org.uidnet.firewall;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Quotas as they are stored, one a line: {@code mobile uids=10123 iface=rmnet0 metered
 * cycle=monthly,5,UTC warning=1 limit=2 disabled}. Pure.
 */
final class QuotaText {
  private static final String UIDS = "uids=";
  private static final String IFACE = "iface=";
  private static final String CYCLE = "cycle=";
  private static final String WARNING = "warning=";
  private static final String LIMIT = "limit=";
  private static final String METERED = "metered";
  private static final String DISABLED = "disabled";

  private QuotaText() {}

  static List<String> lines(Setting.Quotas quotas) {
    return quotas.byId().entrySet().stream().map(QuotaText::line).toList();
  }

  private static String line(Map.Entry<String, Quota> entry) {
    Quota quota = entry.getValue();
    Quota.Template template = quota.template();
    return entry.getKey()
        + (template.isForAll() ? "" : " " + UIDS + template.uids().toString().replace(' ', ','))
        + template.iface().map(name -> " " + IFACE + name).orElse("")
        + (template.metered() ? " " + METERED : "")
        + (" " + CYCLE + quota.cycle().text())
        + bytes(WARNING, quota.warningBytes())
        + bytes(LIMIT, quota.limitBytes())
        + (quota.enabled() ? "" : " " + DISABLED);
  }

  private static String bytes(String name, OptionalLong bytes) {
    return bytes.isPresent() ? " " + name + bytes.getAsLong() : "";
  }

  /** What {@link #lines} made. */
  static Setting.Quotas parse(List<String> lines) {
    SortedMap<String, Quota> quotas = new TreeMap<>();
    for (String line : lines) {
      List<String> words = Arrays.asList(line.split(" "));
      quotas.put(words.get(0), quota(words.subList(1, words.size())));
    }
    return new Setting.Quotas(quotas);
  }

  private static Quota quota(List<String> words) {
    return new Quota(
        new Quota.Template(
            UidSet.parse(value(words, UIDS).orElse("").replace(',', ' ')),
            value(words, IFACE),
            words.contains(METERED)),
        Cycle.parse(value(words, CYCLE).orElseThrow(IllegalArgumentException::new)),
        bytes(words, WARNING),
        bytes(words, LIMIT),
        !words.contains(DISABLED));
  }

  private static Optional<String> value(List<String> words, String name) {
    return words.stream()
        .filter(word -> word.startsWith(name))
        .map(word -> word.substring(name.length()))
        .findFirst();
  }

  private static OptionalLong bytes(List<String> words, String name) {
    return value(words, name).stream().mapToLong(Long::parseLong).findFirst();
  }
}
