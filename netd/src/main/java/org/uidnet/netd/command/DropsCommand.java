package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "drops",
    mixinStandardHelpOptions = true,
    header = "What the firewall refused, to whom and why.",
    description = {
      "",
      "Counted in the kernel, by the hour: partly covered hours are shown in full. Where a call was"
          + " refused (create, connect, bind) it is calls that are counted. Root and configured"
          + " admins see everybody; others see themselves.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet drops                      everybody, the last 24 hours",
      "  uidnet drops --uid alice --from -7d",
      "  uidnet explain --uid alice        why, and what would lift it"
    })
final class DropsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private UnitsOption units;

  @Option(
      names = "--uid",
      paramLabel = "UID|NAME",
      description = "Only of this user, by UID, name, or self.")
  private Optional<String> uid;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "RFC 3339, epoch milliseconds, or back from now: -2h, -7d. Default: -24h.")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "TIME", description = "Likewise. Default: now.")
  private Optional<String> to;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  DropsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.askForAllOrOwn(ApiRequest::drops, query());
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      show(answer);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private UsageQuery query() {
    UsageQuery query = UsageQuery.NONE.from(from.orElse("-24h"));
    if (to.isPresent()) {
      query = query.to(to.get());
    }
    return uid.map(word -> Long.toString(new UidWords(context).uid(word)))
        .map(query::uid)
        .orElse(query);
  }

  private void show(JsonNode answer) {
    if (answer.path("rows").isEmpty()) {
      context.out().println("Nothing was refused.");
      return;
    }
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.figure("UID"),
                Column.text("NAME", 20),
                Column.text("REASON", 24),
                Column.text("AT"),
                Column.figure("PACKETS"),
                Column.figure("BYTES")));
    answer.path("rows").forEach(row -> table.row(cells(Line.of(row))));
    table.total(total(answer.path("total")));
    table.lines().forEach(context.out()::println);
    if (answer.hasNonNull("nextCursor")) {
      context.note("there are more rows; the total is of all");
    }
  }

  private List<String> cells(Line row) {
    return List.of(
        row.uid(),
        row.name(),
        row.text("reason").orElse(""),
        row.text("direction").orElse(""),
        row.text("packets").orElse("0"),
        bytes(row.key()));
  }

  private List<String> total(JsonNode total) {
    return List.of("", "total", "", "", total.path("packets").asText("0"), bytes(total));
  }

  private String bytes(JsonNode drop) {
    return units.units().amount(drop.path("bytes").asLong());
  }
}
