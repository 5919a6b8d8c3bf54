package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "truth",
    mixinStandardHelpOptions = true,
    header = "What interfaces carried against what UIDs were charged.",
    description = {
      "",
      "For each interface and direction: its own counters less link headers, what UIDs were charged,"
          + " and the difference. More on the interface: packets without a socket (ARP, neighbour"
          + " discovery), forwarded ones, sockets outside the cgroup, fragments. Less: copies of"
          + " multicast and for raw sockets, packets dropped in a queue.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet truth                  the last 24 hours",
      "  uidnet truth --from -30d --bytes"
    })
final class TruthCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private NetworkOptions networks;
  @Mixin private UnitsOption units;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "RFC 3339, epoch milliseconds, or back from now: -2h, -7d. Default: -24h.")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "TIME", description = "Likewise. Default: now.")
  private Optional<String> to;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  TruthCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.ask(ApiRequest.truth(query()));
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      table(answer.path("rows")).lines().forEach(context.out()::println);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private UsageQuery query() {
    UsageQuery query = networks.in(UsageQuery.NONE.from(from.orElse("-24h")));
    return to.map(query::to).orElse(query);
  }

  private Table table(JsonNode rows) {
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.text("INTERFACE"),
                Column.text("WAY"),
                Column.text("VIEW"),
                Column.figure("CARRIED"),
                Column.figure("CHARGED"),
                Column.figure("UNATTRIBUTED"),
                Column.figure("PACKETS")));
    rows.forEach(row -> table.row(cells(row)));
    return table;
  }

  private List<String> cells(JsonNode row) {
    return List.of(
        Text.plain(row.path("iface").asText()),
        row.path("direction").asText().equals("rx") ? "received" : "sent",
        row.path("view").asText().toLowerCase(Locale.ROOT),
        amount(row, "interface"),
        amount(row, "uids"),
        amount(row, "unattributed"),
        Long.toString(row.path("unattributed").path("packets").asLong()));
  }

  private String amount(JsonNode row, String figure) {
    return units.units().amount(row.path(figure).path("bytes").asLong());
  }
}
