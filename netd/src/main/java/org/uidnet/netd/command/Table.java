package org.uidnet.netd.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Aligned columns. Cells are cleaned of everything that could steer a terminal.
 *
 * <p>Not thread-safe.
 */
final class Table {
  private static final String GAP = "  ";

  private final List<Column> columns;
  private final Style style;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<List<String>> totals = new ArrayList<>();

  /**
   * One column.
   *
   * @param right whether it is flush right, as figures are
   * @param most columns of the screen that it may take
   */
  record Column(String header, boolean right, int most) {
    private static final int LONGEST_TEXT = 40;

    static Column text(String header) {
      return new Column(header, false, LONGEST_TEXT);
    }

    static Column text(String header, int most) {
      return new Column(header, false, most);
    }

    static Column figure(String header) {
      return new Column(header, true, Integer.MAX_VALUE);
    }

    /** Never narrower than this, so that it stays in place when figures change. */
    static Column figure(String header, int least) {
      return figure(Text.padLeft(header, least));
    }
  }

  Table(Style style, List<Column> columns) {
    this.style = style;
    this.columns = List.copyOf(columns);
  }

  Table row(List<String> cells) {
    rows.add(clean(cells));
    return this;
  }

  /** A row below a line. */
  Table total(List<String> cells) {
    totals.add(clean(cells));
    return this;
  }

  private List<String> clean(List<String> cells) {
    if (cells.size() != columns.size()) {
      throw new IllegalArgumentException(
          cells.size() + " cells for " + columns.size() + " columns");
    }
    return IntStream.range(0, cells.size())
        .mapToObj(i -> Text.fit(Text.plain(cells.get(i)), columns.get(i).most()))
        .toList();
  }

  /** Header, rows, line, totals; no trailing blanks. */
  List<String> lines() {
    return lines(Integer.MAX_VALUE);
  }

  /** The same, cut at the edge of a screen. */
  List<String> lines(int screen) {
    int[] widths = widths();
    List<String> lines = new ArrayList<>();
    lines.add(style.bold(Text.fit(header(widths), screen)));
    rows.forEach(row -> lines.add(Text.fit(line(row, widths), screen)));
    if (!totals.isEmpty()) {
      lines.add(style.dim("─".repeat(Math.min(screen, width(widths)))));
    }
    totals.forEach(row -> lines.add(style.bold(Text.fit(line(row, widths), screen))));
    return lines;
  }

  private String header(int[] widths) {
    return line(columns.stream().map(Column::header).toList(), widths);
  }

  private static int width(int[] widths) {
    return IntStream.of(widths).sum() + GAP.length() * (widths.length - 1);
  }

  private int[] widths() {
    return IntStream.range(0, columns.size())
        .map(i -> Math.max(Text.width(columns.get(i).header()), widest(i)))
        .toArray();
  }

  private int widest(int column) {
    return IntStream.concat(
            rows.stream().mapToInt(row -> Text.width(row.get(column))),
            totals.stream().mapToInt(row -> Text.width(row.get(column))))
        .max()
        .orElse(0);
  }

  private String line(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> pad(columns.get(i), cells.get(i), widths[i]))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private static String pad(Column column, String cell, int width) {
    return column.right() ? Text.padLeft(cell, width) : Text.padRight(cell, width);
  }
}
