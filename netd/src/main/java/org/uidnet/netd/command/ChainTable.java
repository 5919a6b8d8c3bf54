package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.uidnet.netd.command.Table.Column;

/** Chains as tables. */
final class ChainTable {
  private static final String REBOOT = "reboot";

  private final Context context;
  private final UidWords names;

  ChainTable(Context context) {
    this.context = context;
    names = new UidWords(context);
  }

  /** Every chain in a row. */
  Stream<String> all(JsonNode answer) {
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.text("CHAIN"),
                Column.text("KIND"),
                Column.text("STATE"),
                Column.figure("UIDS"),
                Column.figure("TEMPORARY")));
    answer
        .path("chains")
        .forEach(
            chain ->
                table.row(
                    List.of(
                        chain.path("chain").asText(),
                        chain.path("kind").asText(),
                        state(chain),
                        count(chain.path("uids").size()),
                        count(chain.path("temporary").size()))));
    return table.lines().stream();
  }

  private static String count(int items) {
    return items == 0 ? "-" : Integer.toString(items);
  }

  private static String state(JsonNode chain) {
    if (chain.path("alwaysOn").asBoolean()) {
      return "always, on metered networks";
    }
    return chain.path("enabled").asBoolean() ? "enabled" : "disabled";
  }

  /** One chain: what it does, then who is on its list. */
  Stream<String> one(JsonNode chain) {
    String what =
        "%s: %s, %s, %s on its list"
            .formatted(
                context.style().bold(Text.plain(chain.path("chain").asText())),
                Text.plain(chain.path("kind").asText()),
                state(chain),
                uids(chain.path("uids").size()));
    Stream<String> listed = list(chain);
    return Stream.concat(Stream.of(what), listed);
  }

  private static String uids(int count) {
    return count == 1 ? "1 UID" : count + " UIDs";
  }

  private Stream<String> list(JsonNode chain) {
    Map<Long, JsonNode> temporary = new HashMap<>();
    chain.path("temporary").forEach(rule -> temporary.put(rule.path("uid").asLong(), rule));
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.figure("UID"),
                Column.text("NAME"),
                Column.text("RULE"),
                Column.text("UNTIL")));
    chain
        .path("uids")
        .forEach(uid -> table.row(cells(chain, uid.asLong(), temporary.remove(uid.asLong()))));
    temporary.forEach((uid, rule) -> table.row(cells(chain, uid, rule)));
    boolean nobody = chain.path("uids").isEmpty() && chain.path("temporary").isEmpty();
    return nobody ? Stream.of() : Stream.concat(Stream.of(""), table.lines().stream());
  }

  private List<String> cells(JsonNode chain, long uid, @Nullable JsonNode temporary) {
    String listed = chain.path("kind").asText().equals("ALLOWLIST") ? "ALLOW" : "DENY";
    return List.of(
        Long.toString(uid),
        names.name(uid),
        temporary == null ? listed : temporary.path("rule").asText(),
        temporary == null ? "" : end(temporary.path("until").asText(), context));
  }

  /** {@code until 2026-03-01 12:00:00}, where a rule ends. */
  static String until(JsonNode rule, Context context) {
    return rule.hasNonNull("until") ? " until " + end(rule.path("until").asText(), context) : "";
  }

  private static String end(String until, Context context) {
    return until.equals(REBOOT)
        ? "the next boot"
        : new LocalTimes(context.clock().getZone()).second(Text.plain(until));
  }
}
