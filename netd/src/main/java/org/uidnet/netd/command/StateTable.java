package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.uidnet.netd.command.Table.Column;

/** States as lines. */
final class StateTable {
  private final Context context;

  StateTable(Context context) {
    this.context = context;
  }

  List<String> device(JsonNode answer) {
    Table table = new Table(context.style(), List.of(Column.text("STATE"), Column.text("")));
    answer
        .properties()
        .forEach(
            state ->
                table.row(
                    List.of(kebab(state.getKey()), state.getValue().asBoolean() ? "on" : "off")));
    return table.lines();
  }

  /** {@code device-idle} of {@code deviceIdle}. */
  static String kebab(String field) {
    return field.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  List<String> uid(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    lines.add(new UidWords(context).named(answer));
    lines.add("  processes        " + processes(answer));
    lines.add("  idle             " + (answer.path("idle").asBoolean() ? "yes" : "no"));
    lines.add("  metered policy   " + Text.plain(answer.path("policy").asText()));
    lines.add("  data saver       " + dataSaver(answer));
    lines.add("  blocked          " + reasons(answer.path("reasons")));
    lines.add("  blocked, metered " + reasons(answer.path("meteredReasons")));
    return lines;
  }

  private static String processes(JsonNode answer) {
    String capabilities = words(answer.path("capabilities"), ", ");
    return Text.plain(answer.path("processState").asText("not told"))
        + (capabilities.isEmpty() ? "" : " with " + capabilities);
  }

  private static String dataSaver(JsonNode answer) {
    return switch (answer.path("restrictBackground").asText()) {
      case "DISABLED" -> "off";
      case "WHITELISTED" -> "on, exempt";
      default -> "on, restricted";
    };
  }

  private static String reasons(JsonNode reasons) {
    return reasons.isEmpty() ? "no" : words(reasons, ", ");
  }

  private static String words(JsonNode list, String between) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(word -> Text.plain(word.asText()))
        .collect(Collectors.joining(between));
  }
}
