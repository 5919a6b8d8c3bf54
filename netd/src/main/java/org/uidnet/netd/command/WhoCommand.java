package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.command.Line.Amounts;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "who",
    mixinStandardHelpOptions = true,
    header = "What I used today and this month.",
    description = {"", "Shows the usage of the UID that runs it; anybody may.", ""},
    footer = {"", "Examples:", "  uidnet who", "  sudo -u alice uidnet who --json"})
final class WhoCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private UnitsOption units;

  @Option(names = "--json", description = "Print both answers of the daemon as JSON.")
  private boolean json;

  WhoCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    LocalDate today = LocalDate.ofInstant(daemon.now(), context.clock().getZone());
    JsonNode day = since(daemon, today);
    JsonNode month = since(daemon, today.withDayOfMonth(1));
    if (json) {
      context.out().println(JsonOutput.pretty(asJson(day, month)));
    } else {
      show(day, month);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  /** Since the day began in the caller's time zone. */
  private JsonNode since(DaemonClient daemon, LocalDate date) throws IOException {
    String from = date.atStartOfDay(context.clock().getZone()).toInstant().toString();
    return daemon.ask(ApiRequest.summary(UsageQuery.NONE.uid("self").from(from).to("now")));
  }

  private ObjectNode asJson(JsonNode day, JsonNode month) {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("uid", context.uid());
    context.names().name(context.uid()).ifPresent(name -> all.put("name", name));
    all.set("today", day);
    all.set("month", month);
    return all;
  }

  private void show(JsonNode day, JsonNode month) {
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.text(""),
                Column.figure("RECEIVED"),
                Column.figure("SENT"),
                Column.figure("TOTAL")));
    table.row(cells("today", day)).row(cells("this month", month));
    context.out().println(you());
    context.out().println();
    table.lines().forEach(context.out()::println);
  }

  private String you() {
    String uid = "UID " + context.uid();
    String name = context.names().name(context.uid()).map(Text::plain).orElse("");
    return "You are " + (name.isEmpty() ? uid : context.style().bold(name) + " (" + uid + ")");
  }

  private List<String> cells(String period, JsonNode answer) {
    Amounts total = Amounts.of(answer.path("total"));
    Units shown = units.units();
    return List.of(
        period,
        shown.amount(total.rxBytes()),
        shown.amount(total.txBytes()),
        shown.amount(total.bytes()));
  }
}
