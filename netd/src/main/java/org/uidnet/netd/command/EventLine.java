package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** One event of the host as a line: {@code 16:00:05 drop alice (1000) egress on eth0: DOZE}. */
final class EventLine {
  private final LocalTimes times;
  private final Style style;

  EventLine(LocalTimes times, Style style) {
    this.times = times;
    this.style = style;
  }

  /** An event that we do not know is shown as it came. */
  String of(JsonNode event) {
    return switch (event.path("event").asText()) {
      case "drop" -> line(event, "time", "drop", refusal(event));
      case "change" -> line(event, "time", "change", change(event));
      case "blocked-status" -> line(event, "time", "blocked", blocked(event));
      case "alert" -> line(event, "time", "alert", alert(event.path("alert")));
      case "stats" -> line(event, "asOf", "stats", "a snapshot was stored");
      default -> JsonOutput.line(event);
    };
  }

  private String line(JsonNode event, String time, String name, String text) {
    return times.timeOfDay(event.path(time).asText()) + " " + style.bold(name) + " " + text;
  }

  private static String alert(JsonNode alert) {
    return "%s: %s used, the threshold is %s"
        .formatted(
            alert.path("id").asText(),
            Units.IEC.amount(alert.path("usedBytes").asLong()),
            Units.IEC.amount(alert.path("thresholdBytes").asLong()));
  }

  private static String refusal(JsonNode event) {
    return "%s %s%s: %s%s"
        .formatted(
            Line.of(event).who(""),
            text(event, "direction").orElse(""),
            text(event, "iface").map(name -> " on " + name).orElse(""),
            text(event, "reason").orElse(""),
            ends(event));
  }

  private static String ends(JsonNode event) {
    return event.has("source")
        ? ", %s > %s".formatted(event.path("source").asText(), event.path("target").asText())
        : "";
  }

  private static String change(JsonNode event) {
    return "by %s over %s, %s: %s -> %s"
        .formatted(
            text(event, "uid").map(uid -> "UID " + uid).orElse("the admin token"),
            text(event, "transport").orElse(""),
            text(event, "what").orElse(""),
            text(event, "before").orElse(""),
            text(event, "after").orElse(""));
  }

  private static String blocked(JsonNode event) {
    return "%s on %s networks: %s -> %s, by %s"
        .formatted(
            whom(event),
            event.path("metered").asBoolean() ? "metered" : "other",
            reasons(event.path("before")),
            reasons(event.path("after")),
            words(event.path("causes")));
  }

  /** The first of many; all of them are in the JSON. */
  private static String whom(JsonNode event) {
    JsonNode uids = event.path("uids");
    if (uids.isEmpty()) {
      return "all others";
    }
    String more = uids.size() > 1 ? " and %d more".formatted(uids.size() - 1) : "";
    String others = event.path("others").asBoolean() ? " and all others" : "";
    return "UID " + uids.path(0).asLong() + more + others;
  }

  private static String reasons(JsonNode reasons) {
    return reasons.isEmpty() ? "free" : words(reasons);
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(word -> Text.plain(word.asText()))
        .collect(Collectors.joining(" "));
  }

  private static Optional<String> text(JsonNode event, String field) {
    return event.has(field)
        ? Optional.of(Text.plain(event.path(field).asText()))
        : Optional.empty();
  }
}
