package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.command.Line.Amounts;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    header = "Usage over time, with bars.",
    description = {
      "",
      "Shows whole buckets of time. Without --from: 6 hours of 5m, a day of 1h, 30 days of 1d, or a"
          + " year of 1mo.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet history --uid alice                       hour by hour, the last day",
      "  uidnet history --uid 1000 --resolution 1d --from -90d",
      "  uidnet history --resolution 1d --type mobile --roaming",
      "  uidnet history --resolution 1mo --iface eth0 --json"
    })
final class HistoryCommand implements Callable<Integer> {
  private static final Map<String, String> DEFAULT_FROM =
      Map.of("5m", "-6h", "1h", "-24h", "1d", "-30d", "1mo", "-1y");
  private static final int BAR = 30;

  private final Context context;

  @Mixin private DaemonOption daemonOption;
  @Mixin private FilterOptions filter;
  @Mixin private UnitsOption units;
  @Mixin private RowsFormat format;

  @Option(
      names = "--resolution",
      paramLabel = "R",
      defaultValue = "1h",
      description = "Length of a bucket: 5m, 1h, 1d or 1mo. Default: ${DEFAULT-VALUE}.")
  private String resolution;

  HistoryCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.askForAllOrOwn(ApiRequest::history, query(daemon));
    format.show(answer, "buckets", context.out(), this::show);
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private UsageQuery query(DaemonClient daemon) throws IOException {
    UsageQuery query = filter.query(context, daemon).resolution(resolution);
    return filter.hasFrom() || !DEFAULT_FROM.containsKey(resolution)
        ? query
        : query.from(DEFAULT_FROM.get(resolution));
  }

  private void show(JsonNode answer) {
    List<Line> buckets = Line.all(answer.path("buckets"));
    table(buckets).lines().forEach(context.out()::println);
    if (buckets.isEmpty()) {
      context.note("nothing was counted in this period");
    }
    if (answer.path("mixed").asBoolean()) {
      context.note("finer buckets of old days are no longer kept; some rows cover more time");
    }
  }

  private Table table(List<Line> buckets) {
    boolean split = buckets.stream().anyMatch(bucket -> !bucket.label().isEmpty());
    Table table = new Table(context.style(), columns(split));
    long most = buckets.stream().mapToLong(bucket -> bucket.amounts().bytes()).max().orElse(0);
    LocalTimes times = new LocalTimes(context.clock().getZone());
    buckets.forEach(bucket -> table.row(cells(bucket, split, most, times)));
    return table;
  }

  private static List<Column> columns(boolean split) {
    List<Column> columns = new ArrayList<>(List.of(Column.text("FROM")));
    if (split) {
      columns.add(Column.text("OF"));
    }
    columns.add(Column.figure("RECEIVED"));
    columns.add(Column.figure("SENT"));
    columns.add(Column.figure("TOTAL"));
    columns.add(Column.text("", BAR));
    return columns;
  }

  private List<String> cells(Line bucket, boolean split, long most, LocalTimes times) {
    Amounts amounts = bucket.amounts();
    List<String> cells = new ArrayList<>();
    cells.add(times.dayOrMinute(bucket.text("start").orElse("")));
    if (split) {
      cells.add(bucket.label());
    }
    cells.add(units.units().amount(amounts.rxBytes()));
    cells.add(units.units().amount(amounts.txBytes()));
    cells.add(units.units().amount(amounts.bytes()));
    cells.add(Bars.bar(amounts.bytes(), most, BAR));
    return cells;
  }
}
