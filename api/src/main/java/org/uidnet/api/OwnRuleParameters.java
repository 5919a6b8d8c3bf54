package org.uidnet.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.uidnet.api.model.OwnProfileDocument;
import org.uidnet.api.model.OwnRuleDocument;
import org.uidnet.api.model.OwnRulesDocument;
import org.uidnet.api.model.RuleConditions;
import org.uidnet.firewall.Conditions;
import org.uidnet.firewall.Hours;
import org.uidnet.firewall.LinkFact;
import org.uidnet.firewall.OwnProfile;
import org.uidnet.firewall.OwnRule;
import org.uidnet.firewall.Rule;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Subject;
import org.uidnet.firewall.UidSet;

/** Reads own rules. All that is wrong with them is told at once, each with the rule's line. */
final class OwnRuleParameters {
  private static final int MOST_UIDS = 65_536;
  private static final Pattern RANGES =
      Pattern.compile("\\d{1,10}(-\\d{1,10})?( \\d{1,10}(-\\d{1,10})?)*");
  private static final Pattern TIME = Pattern.compile("(\\d\\d:\\d\\d)-(\\d\\d:\\d\\d|24:00)");

  private final List<String> mistakes = new ArrayList<>();
  private int place;

  private OwnRuleParameters() {}

  static Setting.OwnRules rules(OwnRulesDocument document) {
    Fields.required("rules", document.rules());
    OwnRuleParameters reader = new OwnRuleParameters();
    Setting.OwnRules rules =
        new Setting.OwnRules(
            document.timeZone().flatMap(reader::zone),
            reader.rules(document.rules()),
            document.profiles().orElse(List.of()).stream().map(reader::profile).toList());
    if (!reader.mistakes.isEmpty()) {
      throw Refusal.of(ProblemType.INVALID_RULES, String.join("; ", reader.mistakes) + ".");
    }
    return rules;
  }

  private Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      mistakes.add("'" + text + "' is no time zone; write one as Europe/Berlin, UTC or +05:30");
      return Optional.empty();
    }
  }

  private List<OwnRule> rules(Optional<List<OwnRuleDocument>> rules) {
    return rules.orElse(List.of()).stream().map(this::rule).toList();
  }

  private OwnProfile profile(OwnProfileDocument profile) {
    String name = profile.name().orElse("");
    String label = "profile '" + name + "'";
    return new OwnProfile(
        name,
        profile.when().map(when -> conditions(label, when)).orElse(Conditions.ALWAYS),
        rules(profile.rules()));
  }

  private OwnRule rule(OwnRuleDocument rule) {
    place++;
    int line = rule.line().orElse(place);
    String label =
        rule.name().map(name -> "rule '" + name + "', ").orElse("rule in ") + "line " + line;
    if (rule.allow().isPresent() == rule.deny().isPresent()) {
      mistakes.add(label + " needs one of 'allow' and 'deny'");
    }
    List<JsonNode> subjects = rule.allow().or(rule::deny).orElse(List.of());
    return new OwnRule(
        line,
        rule.name(),
        rule.allow().isPresent() ? Rule.ALLOW : Rule.DENY,
        subjects.stream().map(node -> subject(label, node)).toList(),
        rule.when().map(when -> conditions(label, when)).orElse(Conditions.ALWAYS));
  }

  private Subject subject(String label, JsonNode node) {
    if (node.isObject() && node.size() == 2 && node.path("name").isTextual()) {
      return named(label, node.path("name").asText(), node.path("uids").asText(""));
    }
    String text = node.asText();
    if (text.equals(Subject.ALL)) {
      return new Subject(text, UidSet.EMPTY);
    }
    UidSet uids = uids(label, node.isIntegralNumber() || node.isTextual() ? text : "");
    return new Subject(uids.isEmpty() ? text : uids.toString(), uids);
  }

  private Subject named(String label, String name, String uids) {
    if (name.equals(Subject.ALL)) {
      mistakes.add(label + " calls somebody 'all', which would be everybody; give the UIDs alone");
    }
    return new Subject(name, uids(label, uids));
  }

  private UidSet uids(String label, String text) {
    if (!RANGES.matcher(text).matches()) {
      mistakes.add(
          label
              + " names somebody by neither a UID, a range such as \"1000-1999\", \"all\", nor a"
              + " name with its UIDs: {\"name\": \"@kids\", \"uids\": \"1001 1004\"}");
      return UidSet.EMPTY;
    }
    if (size(text) > MOST_UIDS) {
      mistakes.add(label + " names more than " + MOST_UIDS + " UIDs; use 'all'");
      return UidSet.EMPTY;
    }
    return UidSet.parse(text);
  }

  /** Before they are written out. */
  private static long size(String ranges) {
    long size = 0;
    for (String range : ranges.split(" ", -1)) {
      int dash = range.indexOf('-');
      long first = Long.parseLong(dash < 0 ? range : range.substring(0, dash));
      long last = dash < 0 ? first : Long.parseLong(range.substring(dash + 1));
      size += Math.max(0, last - first + 1);
    }
    return size;
  }

  private Conditions conditions(String label, RuleConditions when) {
    Map<LinkFact, Boolean> links = new EnumMap<>(LinkFact.class);
    when.metered().ifPresent(is -> links.put(LinkFact.METERED, is));
    when.roaming().ifPresent(is -> links.put(LinkFact.ROAMING, is));
    when.vpn().ifPresent(is -> links.put(LinkFact.VPN, is));
    return new Conditions(
        when.device().named(),
        links,
        when.network(),
        hours(label, when),
        when.foreground(),
        when.quota());
  }

  /** Days alone are whole days. */
  private Optional<Hours> hours(String label, RuleConditions when) {
    if (when.time().isEmpty() && when.days().isEmpty()) {
      return Optional.empty();
    }
    Set<DayOfWeek> days = days(label, when.days().orElse("mon-sun"));
    Matcher time = TIME.matcher(when.time().orElse("00:00-24:00"));
    try {
      if (time.matches()) {
        return Optional.of(new Hours(days, time(time.group(1)), time(time.group(2))));
      }
    } catch (DateTimeException e) {
      // told below
    }
    mistakes.add(label + " has a time that is none; write it as 22:00-06:00");
    return Optional.empty();
  }

  private static LocalTime time(String text) {
    return text.equals("24:00") ? LocalTime.MIDNIGHT : LocalTime.parse(text);
  }

  private Set<DayOfWeek> days(String label, String text) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",", -1)) {
      String[] ends = part.strip().split("-", -1);
      Optional<DayOfWeek> first = day(ends[0]);
      Optional<DayOfWeek> last = day(ends[ends.length - 1]);
      if (ends.length > 2 || first.isEmpty() || last.isEmpty()) {
        mistakes.add(label + " has a day that is none; write days as mon-fri or sat,sun");
        return days;
      }
      for (DayOfWeek day = first.get(); ; day = day.plus(1)) {
        days.add(day);
        if (day == last.get()) {
          break;
        }
      }
    }
    return days;
  }

  private static Optional<DayOfWeek> day(String text) {
    return EnumSet.allOf(DayOfWeek.class).stream()
        .filter(day -> OwnRuleTexts.day(day).equals(text))
        .findFirst();
  }
}
