package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads rows of history. */
final class Rows {
  /** So many look-ups of single rows take about as long as reading three times as many in order. */
  private static final int WORTH_LOOKING_UP = 3;

  /** Coarser buckets are looked up by their list, the finest by counting through the range. */
  private static final int MAX_LOOKED_UP = 50_000;

  private final Connection connection;
  private final Table table;
  private final Optional<int[]> only;
  private final int known;

  /**
   * @param only the series wanted, if not all of them
   * @param known how many series there are
   */
  Rows(Connection connection, Table table, Optional<int[]> only, int known) {
    this.connection = connection;
    this.table = table;
    this.only = only;
    this.known = known;
  }

  /** Takes a row; the values are overwritten by the next one. */
  @FunctionalInterface
  interface Consumer {
    void row(int tick, int id, long[] values);
  }

  void read(Part part, Consumer consumer) throws SQLException {
    if (only.isPresent() && worthLookingUp(only.get(), part)) {
      for (int series : only.get()) {
        lookUp(part, series, consumer);
      }
    } else {
      scan(part, consumer);
    }
  }

  private boolean worthLookingUp(int[] series, Part part) {
    boolean few = part.tier() != Resolution.FIVE_MINUTES || part.ticks() <= MAX_LOOKED_UP;
    return few && part.ticks() > 1 && (long) series.length * WORTH_LOOKING_UP < known;
  }

  private void scan(Part part, Consumer consumer) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Sql.rows(table, part.tier()))) {
      query.setLong(1, Tick.row(part.first(), 0));
      query.setLong(2, Tick.row(part.last() + 1, 0));
      read(query, part, consumer);
    }
  }

  private void lookUp(Part part, int series, Consumer consumer) throws SQLException {
    boolean finest = part.tier() == Resolution.FIVE_MINUTES;
    String sql = finest ? Sql.finestRowsOf(table) : Sql.rowsOf(table, part.tier());
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setInt(finest ? 3 : 1, series);
      query.setInt(finest ? 1 : 2, part.first());
      query.setInt(finest ? 2 : 3, part.last());
      read(query, part, consumer);
    }
  }

  private void read(PreparedStatement query, Part part, Consumer consumer) throws SQLException {
    long[] values = new long[table.width()];
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        long id = row.getLong(1);
        for (int column = 0; column < values.length; column++) {
          values[column] = part.share().of(row.getLong(column + 2));
        }
        consumer.row(Tick.tickOf(id), Tick.idOf(id), values);
      }
    }
  }
}
