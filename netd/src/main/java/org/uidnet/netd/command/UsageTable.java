package org.uidnet.netd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.uidnet.netd.command.Line.Amounts;
import org.uidnet.netd.command.Table.Column;

/**
 * A table of lines of usage. Its first columns are those dimensions that occur in the lines.
 *
 * <p>Not thread-safe.
 */
final class UsageTable {
  private static final Map<String, String> YES_NO = Map.of("true", "yes", "false", "no");

  /** In the order of columns. */
  private static final List<Dimension> DIMENSIONS =
      List.of(
          Dimension.of("day", Column.text("DAY")),
          new Dimension("kind", Column.figure("UID"), Line::uid),
          new Dimension("kind", Column.text("NAME"), Line::name),
          Dimension.of("set", Column.text("SET")),
          new Dimension("tag", Column.text("TAG"), Line::tag),
          new Dimension("iface", Column.text("INTERFACE"), Line::iface),
          Dimension.of("network", Column.text("NETWORK")),
          Dimension.of("type", Column.text("TYPE")),
          Dimension.of("metered", Column.text("METERED")),
          Dimension.of("roaming", Column.text("ROAMING")),
          Dimension.of("default", Column.text("DEFAULT")),
          Dimension.of("netns", Column.text("NETNS")));

  private final Units units;
  private final boolean packets;
  private final boolean operations;
  private final List<Dimension> dimensions;
  private final Table table;

  private record Dimension(String field, Column column, Function<Line, String> cell) {
    static Dimension of(String field, Column column) {
      return new Dimension(
          field, column, line -> line.text(field).map(t -> YES_NO.getOrDefault(t, t)).orElse("-"));
    }
  }

  /**
   * A table.
   *
   * @param all of which lines are shares; there may be more of them
   */
  UsageTable(List<Line> lines, Amounts all, Units units, boolean packets, Style style) {
    this.units = units;
    this.packets = packets;
    operations = occurs("operations", lines);
    dimensions = DIMENSIONS.stream().filter(d -> occurs(d.field(), lines)).toList();
    table = new Table(style, columns());
    lines.forEach(line -> table.row(cells(line, all.bytes())));
  }

  private static boolean occurs(String field, List<Line> lines) {
    return lines.stream().anyMatch(line -> line.text(field).isPresent());
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(dimensions.stream().map(Dimension::column).toList());
    columns.add(Column.figure("RECEIVED"));
    columns.add(Column.figure("SENT"));
    columns.add(Column.figure("TOTAL"));
    columns.add(Column.figure("SHARE"));
    if (packets) {
      columns.add(Column.figure("PACKETS IN"));
      columns.add(Column.figure("PACKETS OUT"));
    }
    if (operations) {
      columns.add(Column.figure("OPERATIONS"));
    }
    return columns;
  }

  private List<String> cells(Line line, long all) {
    List<String> cells =
        new ArrayList<>(dimensions.stream().map(d -> d.cell().apply(line)).toList());
    addFigures(cells, line.amounts(), share(line.amounts().bytes(), all));
    if (operations) {
      cells.add(line.text("operations").orElse("-"));
    }
    return cells;
  }

  /** A row below a line, such as the total. */
  UsageTable total(String name, Amounts amounts) {
    List<String> cells = new ArrayList<>(dimensions.stream().map(d -> "").toList());
    nameColumn().ifPresent(i -> cells.set(i, name));
    addFigures(cells, amounts, "");
    if (operations) {
      cells.add("");
    }
    table.total(cells);
    return this;
  }

  /** Where the name of a total stands: under names, else under the first dimension. */
  private Optional<Integer> nameColumn() {
    for (int i = 0; i < dimensions.size(); i++) {
      if (!dimensions.get(i).column().right()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private void addFigures(List<String> cells, Amounts amounts, String share) {
    cells.add(units.amount(amounts.rxBytes()));
    cells.add(units.amount(amounts.txBytes()));
    cells.add(units.amount(amounts.bytes()));
    cells.add(share);
    if (packets) {
      cells.add(Long.toString(amounts.rxPackets()));
      cells.add(Long.toString(amounts.txPackets()));
    }
  }

  private static String share(long part, long all) {
    return all <= 0 ? "" : Math.round(100.0 * part / all) + "%";
  }

  List<String> lines() {
    return table.lines();
  }
}
