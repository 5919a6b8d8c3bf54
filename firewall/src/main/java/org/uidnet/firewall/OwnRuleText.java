package org.uidnet.firewall;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Own rules as they are stored, one a line, with tabs between its parts: {@code rule}, line,
 * effect, name, subjects, conditions. Rules of a profile follow it; those of none come first. Pure.
 */
final class OwnRuleText {
  private static final String ZONE = "zone";
  private static final String RULE = "rule";
  private static final String PROFILE = "profile";
  private static final String TAB = "\t";

  private static final String NETWORK = "network";
  private static final String DAYS = "days";
  private static final String TIME = "time";
  private static final String FOREGROUND = "foreground";
  private static final String QUOTA = "quota";

  private OwnRuleText() {}

  static List<String> lines(Setting.OwnRules rules) {
    List<String> lines = new ArrayList<>();
    rules.zone().ifPresent(zone -> lines.add(ZONE + TAB + zone));
    rules.rules().forEach(rule -> lines.add(line(rule)));
    for (OwnProfile profile : rules.profiles()) {
      lines.add(String.join(TAB, PROFILE, profile.name(), conditions(profile.when())));
      profile.rules().forEach(rule -> lines.add(line(rule)));
    }
    return lines;
  }

  private static String line(OwnRule rule) {
    return String.join(
        TAB,
        RULE,
        Integer.toString(rule.line()),
        rule.effect().name(),
        rule.name().orElse(""),
        rule.subjects().stream().map(OwnRuleText::subject).collect(Collectors.joining(",")),
        conditions(rule.when()));
  }

  private static String subject(Subject subject) {
    return subject.text() + "=" + subject.uids().toString().replace(' ', '+');
  }

  private static String conditions(Conditions when) {
    List<String> words = new ArrayList<>();
    when.device().forEach((flag, is) -> words.add(flag.label() + "=" + is));
    when.links().forEach((fact, is) -> words.add(fact.name().toLowerCase(Locale.ROOT) + "=" + is));
    when.hours().ifPresent(hours -> words.add(DAYS + "=" + days(hours)));
    when.hours().ifPresent(hours -> words.add(TIME + "=" + hours.from() + "-" + hours.to()));
    when.foreground().ifPresent(is -> words.add(FOREGROUND + "=" + is));
    when.quota().ifPresent(id -> words.add(QUOTA + "=" + id));
    when.network().ifPresent(name -> words.add(NETWORK + "=" + name)); // it may have spaces
    return String.join(" ", words);
  }

  private static String days(Hours hours) {
    return hours.days().stream().map(DayOfWeek::name).collect(Collectors.joining(","));
  }

  /** What {@link #lines} made. */
  static Setting.OwnRules parse(List<String> lines) {
    Optional<ZoneId> zone = Optional.empty();
    List<OwnRule> rules = new ArrayList<>();
    List<OwnProfile> profiles = new ArrayList<>();
    for (String line : lines) {
      String[] parts = line.split(TAB, -1);
      switch (parts[0]) {
        case ZONE -> zone = Optional.of(ZoneId.of(parts[1]));
        case PROFILE -> profiles.add(new OwnProfile(parts[1], when(parts[2]), List.of()));
        default -> add(rule(parts), rules, profiles);
      }
    }
    return new Setting.OwnRules(zone, rules, profiles);
  }

  private static void add(OwnRule rule, List<OwnRule> rules, List<OwnProfile> profiles) {
    if (profiles.isEmpty()) {
      rules.add(rule);
      return;
    }
    OwnProfile last = profiles.remove(profiles.size() - 1);
    List<OwnRule> all = new ArrayList<>(last.rules());
    all.add(rule);
    profiles.add(new OwnProfile(last.name(), last.when(), all));
  }

  private static OwnRule rule(String[] parts) {
    return new OwnRule(
        Integer.parseInt(parts[1]),
        parts[3].isEmpty() ? Optional.empty() : Optional.of(parts[3]),
        Rule.valueOf(parts[2]),
        Arrays.stream(parts[4].split(",")).map(OwnRuleText::parseSubject).toList(),
        when(parts[5]));
  }

  private static Subject parseSubject(String text) {
    int equals = text.lastIndexOf('=');
    return new Subject(
        text.substring(0, equals), UidSet.parse(text.substring(equals + 1).replace('+', ' ')));
  }

  private static Conditions when(String text) {
    int network = text.startsWith(NETWORK + "=") ? 0 : text.indexOf(" " + NETWORK + "=");
    String words = network < 0 ? text : text.substring(0, network);
    Map<String, String> values =
        Stream.of(words.split(" "))
            .filter(word -> !word.isEmpty())
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return new Conditions(
        facts(DeviceFlag.class, DeviceFlag::label, values),
        facts(LinkFact.class, fact -> fact.name().toLowerCase(Locale.ROOT), values),
        network < 0
            ? Optional.empty()
            : Optional.of(text.substring(text.indexOf('=', network) + 1)),
        hours(values),
        Optional.ofNullable(values.get(FOREGROUND)).map(Boolean::valueOf),
        Optional.ofNullable(values.get(QUOTA)));
  }

  private static <E extends Enum<E>> Map<E, Boolean> facts(
      Class<E> kind, Function<E, String> name, Map<String, String> values) {
    Map<E, Boolean> facts = new EnumMap<>(kind);
    for (E fact : kind.getEnumConstants()) {
      Optional.ofNullable(values.get(name.apply(fact)))
          .ifPresent(value -> facts.put(fact, Boolean.valueOf(value)));
    }
    return facts;
  }

  private static Optional<Hours> hours(Map<String, String> values) {
    return Optional.ofNullable(values.get(TIME))
        .map(time -> time.split("-"))
        .map(
            time ->
                new Hours(
                    Arrays.stream(values.getOrDefault(DAYS, "").split(","))
                        .map(DayOfWeek::valueOf)
                        .collect(Collectors.toSet()),
                    LocalTime.parse(time[0]),
                    LocalTime.parse(time[1])));
  }
}
