package org.uidnet.programs.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A table of figures in Markdown. Where a figure has a limit, the last two columns tell the limit
 * and whether it was kept: that is computed here, and {@code docs/bench} finds it by its words.
 */
public final class Report {
  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<String> UNLIMITED = List.of("", "");

  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  private Report(List<String> columns) {
    this.columns = columns;
  }

  private record Row(List<String> cells, List<String> verdict) {}

  /** The first column tells what was measured. */
  public static Report of(String... columns) {
    return new Report(List.of(columns));
  }

  /** For times in nanoseconds, which are shown in milliseconds. */
  public static Report ofTimes(String what) {
    return of(what, "median ms", "p99 ms", "longest ms");
  }

  /** Numbers are rounded to three digits; strings are shown as they are. */
  public Report row(String what, Object... cells) {
    rows.add(new Row(texts(what, cells), UNLIMITED));
    return this;
  }

  /** A row of which one figure, which may be one of its cells, has a limit. */
  public Report row(Reach reach, double measured, String what, Object... cells) {
    String verdict = (reach.isKept(measured) ? "reached: " : "not reached: ") + text(measured);
    rows.add(new Row(texts(what, cells), List.of(reach.toString(), verdict + reach.unit())));
    return this;
  }

  public Report time(String what, Samples nanos) {
    return row(what, millis(nanos));
  }

  public Report time(String what, Samples nanos, Reach reach) {
    return row(reach, reach.of().applyAsDouble(nanos), what, millis(nanos));
  }

  private static Object[] millis(Samples nanos) {
    return Stream.of(nanos.median(), nanos.percentile(99), nanos.most())
        .map(time -> time / NANOS_PER_MILLI)
        .toArray();
  }

  /** With an empty line before it, as Markdown wants it after a paragraph. */
  public void print() {
    boolean limited = rows.stream().anyMatch(row -> row.verdict != UNLIMITED);
    System.out.println();
    line(columns, limited ? List.of("reach", "") : List.of());
    line(Collections.nCopies(columns.size(), "---"), limited ? List.of("---", "---") : List.of());
    rows.forEach(row -> line(row.cells, limited ? row.verdict : List.of()));
    System.out.println();
  }

  private static void line(List<String> cells, List<String> more) {
    System.out.println(
        "| " + String.join(" | ", Stream.of(cells, more).flatMap(List::stream).toList()) + " |");
  }

  private static List<String> texts(String what, Object... cells) {
    return Stream.concat(Stream.of(what), Stream.of(cells).map(Report::cell)).toList();
  }

  private static String cell(Object value) {
    return value instanceof Number number ? text(number.doubleValue()) : value.toString();
  }

  /** Three digits, whole from a hundred on. */
  static String text(double value) {
    double size = Math.abs(value);
    int decimals =
        size >= 99.95 || value == Math.rint(value) ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
