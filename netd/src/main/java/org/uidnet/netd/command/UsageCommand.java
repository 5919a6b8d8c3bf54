package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.command.Line.Amounts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    header = "Who used how much, in a period.",
    description = {
      "",
      "Shows bytes from the network header on, as the wire carried them. Without --from it is the"
          + " last 24 hours. Root and configured admins see everybody; others see themselves.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet usage                               everybody, the last 24 hours",
      "  uidnet usage --uid alice --from -7d        one user, the last week",
      "  uidnet usage --from -1mo --by uid,iface    a month, by user and interface",
      "  uidnet usage --type wifi --network 'Cafe*'  what was used in cafes",
      "  uidnet usage --uid self --by day --from -30d --json"
    })
final class UsageCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private FilterOptions filter;
  @Mixin private UnitsOption units;
  @Mixin private RowsFormat format;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Rows at most, the largest first. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(names = "--packets", description = "Show packets, too.")
  private boolean packets;

  UsageCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    UsageQuery query = filter.query(context, daemon).limit(limit);
    JsonNode answer = daemon.askForAllOrOwn(ApiRequest::summary, query);
    format.show(answer, "rows", context.out(), this::show);
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private void show(JsonNode answer) {
    List<Line> lines = Line.all(answer.path("rows"));
    Amounts total = Amounts.of(answer.path("total"));
    UsageTable table = new UsageTable(lines, total, units.units(), packets, context.style());
    table.total("total", total);
    if (answer.hasNonNull("unattributed")) {
      table.total("unattributed", Amounts.of(answer.path("unattributed")));
    }
    context.out().println(context.style().dim(period(answer)));
    context.out().println();
    table.lines().forEach(context.out()::println);
    if (answer.hasNonNull("nextCursor")) {
      context.note("there are more rows; --limit shows more, the total is of all");
    }
  }

  private String period(JsonNode answer) {
    LocalTimes times = new LocalTimes(context.clock().getZone());
    return "%s to %s (%s), counted up to %s"
        .formatted(
            times.minute(answer.path("from").asText()),
            times.minute(answer.path("to").asText()),
            times.zone(),
            times.second(answer.path("asOf").asText()));
  }
}
