package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    footer = {
      "",
      "Examples:",
      "  uidnet who",
      "  uidnet who --by set,tag       foreground and background, and what is tagged of it",
      "  sudo -u alice uidnet who --json"
    })
final class WhoCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private UnitsOption units;

  @Option(
      names = "--by",
      paramLabel = "LIST",
      description = "Split by set, tag, iface, network; a list is parted by commas.")
  private Optional<String> by;

  @Option(
      names = "--set",
      paramLabel = "SET",
      description = "Only this counter set: FOREGROUND or DEFAULT.")
  private Optional<String> set;

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only this socket tag, such as 0x1001.")
  private Optional<String> tag;

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
    UsageQuery query = UsageQuery.NONE.uid("self").from(from).to("now");
    query = by.map(query::by).orElse(query);
    query = set.map(query::set).orElse(query);
    return daemon.ask(ApiRequest.summary(tag.map(query::tag).orElse(query)));
  }

  private ObjectNode asJson(JsonNode day, JsonNode month) {
    ObjectNode all = JsonNodeFactory.instance.objectNode().put("uid", context.uid());
    context.names().name(context.uid()).ifPresent(name -> all.put("name", name));
    all.set("today", day);
    all.set("month", month);
    return all;
  }

  private void show(JsonNode day, JsonNode month) {
    Table table = new Table(context.style(), columns());
    add(table, "today", day);
    add(table, "this month", month);
    context.out().println(you());
    context.out().println();
    table.lines().forEach(context.out()::println);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(Column.text("")));
    if (by.isPresent()) {
      columns.add(Column.text("OF"));
    }
    columns.add(Column.figure("RECEIVED"));
    columns.add(Column.figure("SENT"));
    columns.add(Column.figure("TOTAL"));
    return columns;
  }

  /** The total, or a row for each part of it. */
  private void add(Table table, String period, JsonNode answer) {
    if (by.isEmpty()) {
      table.row(cells(List.of(period), Amounts.of(answer.path("total"))));
      return;
    }
    for (Line line : Line.all(answer.path("rows"))) {
      table.row(cells(List.of(period, line.label()), line.amounts()));
    }
  }

  private String you() {
    String uid = "UID " + context.uid();
    String name = context.names().name(context.uid()).map(Text::plain).orElse("");
    return "You are " + (name.isEmpty() ? uid : context.style().bold(name) + " (" + uid + ")");
  }

  private List<String> cells(List<String> first, Amounts amounts) {
    Units shown = units.units();
    List<String> cells = new ArrayList<>(first);
    cells.add(shown.amount(amounts.rxBytes()));
    cells.add(shown.amount(amounts.txBytes()));
    cells.add(shown.amount(amounts.bytes()));
    return cells;
  }
}
