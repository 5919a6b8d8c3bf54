package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Own rules on a screen: what they decide now, and what others would change. */
final class RulesTable {
  private static final String OTHERS = "all others";

  private final UidWords uids;
  private final Style style;

  RulesTable(Context context) {
    uids = new UidWords(context);
    style = context.style();
  }

  List<String> decisions(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    if (!answer.path("profiles").isEmpty()) {
      lines.add("profiles that hold: " + words(answer.path("profiles")));
    }
    lines.add(
        answer.path("holding").isEmpty()
            ? "No rule holds now."
            : "rules that hold: " + words(answer.path("holding")));
    Table table = table("WHO", "NOW", "BY");
    answer.path("uids").forEach(item -> table.row(decision(item)));
    table.row(decision(answer.path("others")));
    lines.addAll(table.lines());
    return lines;
  }

  private static String words(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(node -> Text.plain(node.asText()))
        .collect(Collectors.joining("; "));
  }

  private Table table(String... headers) {
    return new Table(style, List.of(headers).stream().map(Table.Column::text).toList());
  }

  private List<String> decision(JsonNode item) {
    return List.of(who(item), verdict(item.path("denied")), item.path("by").asText("no rule"));
  }

  private String who(JsonNode item) {
    return item.has("uid") ? uids.named(item) : OTHERS;
  }

  private static String verdict(JsonNode denied) {
    return denied.asBoolean() ? "denied" : "not denied";
  }

  List<String> rehearsal(JsonNode answer) {
    if (answer.path("changes").isEmpty()) {
      return List.of("Nobody is denied, or no longer denied, by these rules at present.");
    }
    Table table = table("WHO", "NOW", "BY", "THEN", "BY");
    answer
        .path("changes")
        .forEach(
            item ->
                table.row(
                    List.of(
                        who(item),
                        verdict(item.path("deniedBefore")),
                        item.path("before").asText("no rule"),
                        verdict(item.path("denied")),
                        item.path("after").asText("no rule"))));
    return table.lines();
  }
}
