package org.uidnet.api;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.uidnet.api.model.QuotaCycle;
import org.uidnet.api.model.QuotaRequest;
import org.uidnet.api.model.QuotaTemplate;
import org.uidnet.firewall.Cycle;
import org.uidnet.firewall.Quota;
import org.uidnet.firewall.UidSet;

/** Reads quotas. */
final class QuotaParameters {
  private static final String UTC = "UTC";

  private QuotaParameters() {}

  static Quota quota(QuotaRequest request, Instant now) {
    return new Quota(
        template(Fields.required("template", request.template())),
        cycle(Fields.required("cycle", request.cycle()), now),
        bytes("warningBytes", request.warningBytes()),
        bytes("limitBytes", request.limitBytes()),
        request.enabled().orElse(true));
  }

  private static Quota.Template template(QuotaTemplate template) {
    return new Quota.Template(
        uids(template),
        template.iface().map(UsageParameters::iface),
        template.metered().orElse(false));
  }

  /** None are all, so an empty list would be the opposite of what it looks like. */
  private static UidSet uids(QuotaTemplate template) {
    if (template.uid().isPresent() && template.uids().isPresent()) {
      throw Refusal.badField("template.uids", "Give 'uid' or 'uids', not both.");
    }
    if (template.uids().isPresent()) {
      UidSet uids = UidSet.of(Fields.uids("template.uids", template.uids()));
      if (uids.equals(UidSet.EMPTY)) {
        throw Refusal.badField(
            "template.uids", "The list is empty; leave it out for a quota of all UIDs.");
      }
      return uids;
    }
    return template
        .uid()
        .map(uid -> UidSet.of(List.of(UidParameter.check("template.uid", uid))))
        .orElse(UidSet.EMPTY);
  }

  private static Cycle cycle(QuotaCycle cycle, Instant now) {
    boolean monthly = cycle.day().isPresent();
    if (monthly == cycle.period().isPresent()) {
      throw Refusal.badField(
          "cycle", "Give 'day' (and 'timeZone'), or 'start' and 'period'; one of both.");
    }
    return monthly ? monthly(cycle) : every(cycle, now);
  }

  private static Cycle monthly(QuotaCycle cycle) {
    if (cycle.start().isPresent()) {
      throw Refusal.badField("cycle.start", "'start' goes with 'period', not with 'day'.");
    }
    return Cycle.Monthly.of(cycle.day().orElseThrow(), cycle.timeZone().orElse(UTC));
  }

  private static Cycle every(QuotaCycle cycle, Instant now) {
    if (cycle.timeZone().isPresent()) {
      throw Refusal.badField("cycle.timeZone", "'timeZone' goes with 'day', not with 'period'.");
    }
    String start = Fields.text("cycle.start", cycle.start());
    return new Cycle.Every(
        period(cycle.period().orElseThrow()), UsageParameters.time("cycle.start", start, now));
  }

  private static Duration period(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw Refusal.badField(
          "cycle.period", "'" + text + "' is no duration of days or less; write P7D or PT6H.");
    }
  }

  private static OptionalLong bytes(String field, Optional<Long> bytes) {
    bytes
        .filter(number -> number < 0)
        .ifPresent(
            number -> {
              throw Refusal.badField(field, "'" + field + "' is from 0 on; leave it out for none.");
            });
    return bytes.map(OptionalLong::of).orElse(OptionalLong.empty());
  }
}
