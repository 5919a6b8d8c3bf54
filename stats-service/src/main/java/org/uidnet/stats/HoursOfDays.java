package org.uidnet.stats;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Packs the hours of complete days by series: the second order of the same figures, which answers
 * what one UID used. Part of the transactions that change the hours. For the writer only.
 */
final class HoursOfDays {
  /** Of no use for hours; they are known by their first ticks. */
  private static final int LENGTH = 1;

  private final Statements statements;

  HoursOfDays(Statements statements) {
    this.statements = statements;
  }

  /** All series of a day that is complete now. */
  void pack(Tiers.Span day) throws SQLException {
    Map<Integer, PackedBuckets> series = new HashMap<>();
    PreparedStatement hours =
        statements.with(
            Sql.rows(Table.USAGE, Resolution.HOUR),
            Tick.row(day.start(), 0),
            Tick.row(day.end(), 0));
    read(
        hours,
        (tick, id, values) ->
            series
                .computeIfAbsent(id, key -> new PackedBuckets(Values.USAGE))
                .add(tick, LENGTH, values));
    ManyRows rows = new ManyRows(statements, "hours_of_days");
    series.forEach(
        (id, packed) -> rows.add(Tick.row(day.start(), id), packed.size(), packed.bytes()));
    rows.finish();
  }

  /** One series of a day, after its hours changed once more. */
  void packAgain(Tiers.Span day, int series) throws SQLException {
    PackedBuckets packed = new PackedBuckets(Values.USAGE);
    PreparedStatement hours =
        statements.with(
            Sql.rowsOf(Table.USAGE, Resolution.HOUR), series, day.start(), day.end() - 1);
    read(hours, (tick, id, values) -> packed.add(tick, LENGTH, values));
    statements.execute(
        Sql.STORE_HOURS_OF_DAY, Tick.row(day.start(), series), packed.size(), packed.bytes());
  }

  private static void read(PreparedStatement query, Rows.Consumer consumer) throws SQLException {
    long[] values = new long[Values.USAGE];
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        for (int column = 0; column < values.length; column++) {
          values[column] = row.getLong(column + 2);
        }
        consumer.row(Tick.tickOf(row.getLong(1)), Tick.idOf(row.getLong(1)), values);
      }
    }
  }

  /** How many rows before the tick were deleted, of which there may be more. */
  int deleteSome(int tick, int atMost) throws SQLException {
    return statements.execute(Sql.DELETE_HOURS_OF_DAYS, Tick.row(tick, 0), atMost);
  }
}
