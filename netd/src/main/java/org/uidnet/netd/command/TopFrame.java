package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.uidnet.netd.command.Line.Amounts;
import org.uidnet.netd.command.Rates.Rate;
import org.uidnet.netd.command.Table.Column;

/**
 * One picture of {@code uidnet top}, as lines that fit the given size.
 *
 * @param time by the clock of the host that is shown, in the caller's time zone
 * @param countedSince when counting began, in the caller's time zone
 * @param truth interfaces against hooks, as {@code /v1/status} tells; missing for those who may not
 *     see it
 */
record TopFrame(
    String time,
    String countedSince,
    boolean simulated,
    List<Rate> rates,
    JsonNode truth,
    Units units,
    Style style) {

  private static final String SIMULATED = "SIMULATED";
  private static final int LEAST_NAME = 12;
  private static final int BAR_FROM = 110;
  private static final int MOST_BAR = 40;
  private static final int MOST_NAME = 40;

  /** Room for {@code 1023 KiB/s} and {@code 1000 kbit/s}. */
  private static final int RATE = 11;

  private static final int AMOUNT = 9;
  private static final int LONGEST_UID = 10;
  private static final int GAPS = 12;
  private static final int ALL_BUT_NAME_AND_BAR = LONGEST_UID + 2 * RATE + 2 * AMOUNT + GAPS;
  private static final int HEADER_AND_FOOTER = 6;
  private static final String SEPARATOR = " · ";

  /** The size of a screen. */
  record Size(int columns, int rows) {}

  List<String> lines(Size size) {
    List<String> lines = new ArrayList<>();
    lines.add(title(size.columns()));
    lines.add(Text.fit(sums(), size.columns()));
    lines.add("");
    int room = Math.max(1, size.rows() - HEADER_AND_FOOTER);
    lines.addAll(table(rates.stream().limit(room).toList(), size.columns()));
    lines.addAll(footer(size.columns()));
    return lines;
  }

  private String title(int columns) {
    return simulated
        ? style.warning(SIMULATED)
            + Text.fit(
                " uidnet top  simulated " + time + ", boot of " + countedSince,
                columns - SIMULATED.length())
        : style.bold(
            Text.fit(
                "uidnet top  " + time + "  since boot, counted since " + countedSince, columns));
  }

  private String sums() {
    double down = rates.stream().mapToDouble(Rate::down).sum();
    double up = rates.stream().mapToDouble(Rate::up).sum();
    return "all: down " + units.rate(down) + ", up " + units.rate(up) + more();
  }

  private String more() {
    long busy = rates.stream().filter(rate -> rate.down() + rate.up() > 0).count();
    return ", " + busy + " of " + rates.size() + " UIDs active";
  }

  private List<String> table(List<Rate> shown, int columns) {
    int bar = columns < BAR_FROM ? 0 : Math.min(MOST_BAR, columns - BAR_FROM + 10);
    int name = Math.max(LEAST_NAME, Math.min(MOST_NAME, columns - ALL_BUT_NAME_AND_BAR - bar));
    List<Column> all = new ArrayList<>();
    all.add(Column.figure("UID"));
    all.add(Column.text(Text.padRight("NAME", name), name));
    all.add(Column.figure("DOWN/S", RATE));
    all.add(Column.figure("UP/S", RATE));
    all.add(Column.figure("RECEIVED", AMOUNT));
    all.add(Column.figure("SENT", AMOUNT));
    if (bar > 0) {
      all.add(Column.text("", bar));
    }
    Table table = new Table(style, all);
    long most = rates.stream().mapToLong(TopFrame::bytesPerSecond).max().orElse(0);
    shown.forEach(rate -> table.row(cells(rate, most, bar)));
    return table.lines(columns);
  }

  private List<String> cells(Rate rate, long most, int bar) {
    Amounts amounts = rate.line().amounts();
    List<String> cells = new ArrayList<>();
    cells.add(rate.line().uid());
    cells.add(rate.line().name());
    cells.add(units.rate(rate.down()));
    cells.add(units.rate(rate.up()));
    cells.add(units.amount(amounts.rxBytes()));
    cells.add(units.amount(amounts.txBytes()));
    if (bar > 0) {
      cells.add(Bars.bar(bytesPerSecond(rate), most, bar));
    }
    return cells;
  }

  private static long bytesPerSecond(Rate rate) {
    return Math.round(rate.down() + rate.up());
  }

  /** Per interface what it carried beyond what UIDs were charged, since counting began. */
  private List<String> footer(int columns) {
    Map<String, List<String>> perInterface = new LinkedHashMap<>();
    for (JsonNode row : truth) {
      perInterface
          .computeIfAbsent(Text.plain(row.path("iface").asText()), name -> new ArrayList<>())
          .add(unattributed(row));
    }
    if (perInterface.isEmpty()) {
      return List.of();
    }
    String all =
        perInterface.entrySet().stream()
            .map(entry -> entry.getKey() + " " + String.join(" ", entry.getValue()))
            .collect(Collectors.joining(SEPARATOR, "unattributed: ", ""));
    return List.of("", style.dim(Text.fit(all, columns)));
  }

  private String unattributed(JsonNode row) {
    String arrow = row.path("direction").asText().equals("rx") ? "↓" : "↑";
    return arrow + units.amount(row.path("unattributed").path("bytes").asLong());
  }
}
