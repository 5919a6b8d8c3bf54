package org.uidnet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.uidnet.api.model.DeviceState;
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

/** Writes own rules as {@link OwnRuleParameters} reads them. */
final class OwnRuleTexts {
  private static final int DAYS = 7;

  private OwnRuleTexts() {}

  static OwnRulesDocument document(Setting.OwnRules rules) {
    return new OwnRulesDocument(
        rules.zone().map(ZoneId::getId),
        Optional.of(documents(rules.rules())),
        Optional.of(rules.profiles().stream().map(OwnRuleTexts::document).toList()));
  }

  private static OwnProfileDocument document(OwnProfile profile) {
    return new OwnProfileDocument(
        Optional.of(profile.name()),
        conditions(profile.when()),
        Optional.of(documents(profile.rules())));
  }

  private static List<OwnRuleDocument> documents(List<OwnRule> rules) {
    return rules.stream().map(OwnRuleTexts::document).toList();
  }

  private static OwnRuleDocument document(OwnRule rule) {
    Optional<List<JsonNode>> subjects =
        Optional.of(rule.subjects().stream().map(OwnRuleTexts::subject).toList());
    boolean allows = rule.effect() == Rule.ALLOW;
    return new OwnRuleDocument(
        Optional.of(rule.line()),
        rule.name(),
        allows ? subjects : Optional.empty(),
        allows ? Optional.empty() : subjects,
        conditions(rule.when()));
  }

  private static JsonNode subject(Subject subject) {
    String uids = subject.uids().toString();
    if (!subject.text().equals(uids) && !subject.text().equals(Subject.ALL)) {
      ObjectNode named = JsonNodeFactory.instance.objectNode();
      return named.put("name", subject.text()).put("uids", uids);
    }
    return uids.isEmpty() || uids.contains("-")
        ? TextNode.valueOf(subject.text())
        : LongNode.valueOf(Long.parseLong(uids));
  }

  private static Optional<RuleConditions> conditions(Conditions when) {
    if (when.equals(Conditions.ALWAYS)) {
      return Optional.empty();
    }
    DeviceState device = DeviceState.changing(when.device());
    return Optional.of(
        new RuleConditions(
            device.deviceIdle(),
            device.batterySaver(),
            device.dataSaver(),
            device.restrictedMode(),
            device.lowPowerStandby(),
            device.charging(),
            device.screenOn(),
            Optional.ofNullable(when.links().get(LinkFact.METERED)),
            Optional.ofNullable(when.links().get(LinkFact.ROAMING)),
            Optional.ofNullable(when.links().get(LinkFact.VPN)),
            when.foreground(),
            when.network(),
            when.hours().map(hours -> hours.from() + "-" + hours.to()),
            when.hours()
                .map(Hours::days)
                .filter(days -> days.size() < DAYS)
                .map(OwnRuleTexts::days),
            when.quota()));
  }

  private static String days(Set<DayOfWeek> days) {
    return days.stream().map(OwnRuleTexts::day).collect(Collectors.joining(","));
  }

  /** {@code mon}. */
  static String day(DayOfWeek day) {
    return day.name().substring(0, 3).toLowerCase(Locale.ROOT);
  }
}
