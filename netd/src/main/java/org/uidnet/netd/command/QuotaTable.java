package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.uidnet.netd.command.Table.Column;

/** Quotas as tables. */
final class QuotaTable {
  private static final int BAR = 20;

  private final Context context;
  private final Units units;
  private final UidWords names;
  private final LocalTimes times;

  QuotaTable(Context context, Units units) {
    this.context = context;
    this.units = units;
    names = new UidWords(context);
    times = new LocalTimes(context.clock().getZone());
  }

  /** Every quota in a row. */
  Stream<String> all(JsonNode answer) {
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.text("QUOTA"),
                Column.text("FOR"),
                Column.figure("USED"),
                Column.figure("LIMIT"),
                Column.text("", BAR),
                Column.text("STATE"),
                Column.text("COUNTS ANEW")));
    answer.path("quotas").forEach(quota -> table.row(cells(quota)));
    return answer.path("quotas").isEmpty()
        ? Stream.of("There are no quotas. One is made by: uidnet quota set mobile --limit 2GB")
        : table.lines().stream();
  }

  private List<String> cells(JsonNode quota) {
    return List.of(
        quota.path("id").asText(),
        whose(quota.path("template")) + where(quota.path("template")),
        amount(quota, "used"),
        amount(quota, "limitBytes"),
        Bars.bar(quota.path("used").asLong(), quota.path("limitBytes").asLong(), BAR),
        state(quota),
        times.dayOrMinute(quota.path("cycleEnd").asText()));
  }

  /** One quota, a fact a line. */
  Stream<String> one(JsonNode quota) {
    JsonNode template = quota.path("template");
    return Stream.of(
            line("quota", context.style().bold(Text.plain(quota.path("id").asText()))),
            line("for", whose(template) + where(template)),
            line("state", state(quota)),
            line("used", used(quota)),
            line("left", amount(quota, "left")),
            line("warning", amount(quota, "warningBytes")),
            line("forecast", amount(quota, "forecast")),
            line("cycle", cycle(quota)))
        .map(String::stripTrailing);
  }

  private static String line(String name, String value) {
    return Text.padRight(name, 10) + value;
  }

  private String used(JsonNode quota) {
    String used = amount(quota, "used");
    return quota.hasNonNull("limitBytes")
        ? used
            + " of "
            + amount(quota, "limitBytes")
            + "  "
            + Bars.bar(quota.path("used").asLong(), quota.path("limitBytes").asLong(), BAR)
        : used;
  }

  private String cycle(JsonNode quota) {
    return times.dayOrMinute(quota.path("cycleStart").asText())
        + " to "
        + times.dayOrMinute(quota.path("cycleEnd").asText());
  }

  private String whose(JsonNode template) {
    JsonNode uids = template.path("uids");
    return uids.isEmpty()
        ? "everybody"
        : StreamSupport.stream(uids.spliterator(), false)
            .map(uid -> who(uid.asLong()))
            .collect(Collectors.joining(", "));
  }

  private String who(long uid) {
    String name = names.name(uid);
    return name.isEmpty() ? "UID " + uid : name;
  }

  private static String where(JsonNode template) {
    String iface = template.path("iface").asText();
    return (iface.isEmpty() ? "" : " on " + Text.plain(iface))
        + (template.path("metered").asBoolean() ? ", metered" : "");
  }

  private String amount(JsonNode quota, String field) {
    return quota.hasNonNull(field) ? units.amount(quota.path(field).asLong()) : "-";
  }

  private String state(JsonNode quota) {
    return quota.path("enabled").asBoolean() ? quota.path("state").asText() : "only counts";
  }
}
