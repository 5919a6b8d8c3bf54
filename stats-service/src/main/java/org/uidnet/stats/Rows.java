package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
      lookUp(part, only.get(), consumer);
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

  private void lookUp(Part part, int[] series, Consumer consumer) throws SQLException {
    List<Part> parts = List.of(part);
    if (part.tier() == Resolution.HOUR && part.isWhole()) {
      List<Tiers.Span> days = packedDays(part);
      lookUpPacked(part, days, series, consumer);
      parts = between(part, days);
    }
    for (Part each : parts) {
      for (int id : series) {
        lookUp(each, id, consumer);
      }
    }
  }

  private List<Tiers.Span> packedDays(Part hours) throws SQLException {
    List<Tiers.Span> days = new ArrayList<>();
    try (PreparedStatement query = connection.prepareStatement(Sql.PACKED_DAYS)) {
      query.setInt(1, hours.first());
      query.setInt(2, hours.last() + 1);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          days.add(new Tiers.Span(row.getInt(1), row.getInt(2)));
        }
      }
    }
    return days;
  }

  /** The hours that are in none of the days, which are in order. */
  private static List<Part> between(Part hours, List<Tiers.Span> days) {
    List<Part> rest = new ArrayList<>();
    int from = hours.first();
    for (Tiers.Span day : days) {
      addHours(rest, from, day.start());
      from = day.end();
    }
    addHours(rest, from, hours.last() + 1);
    return rest;
  }

  private static void addHours(List<Part> parts, int from, int until) {
    if (from < until) {
      parts.add(Part.whole(Resolution.HOUR, from, until - 1));
    }
  }

  private void lookUpPacked(Part hours, List<Tiers.Span> days, int[] series, Consumer consumer)
      throws SQLException {
    if (days.isEmpty()) {
      return;
    }
    try (PreparedStatement query = connection.prepareStatement(Sql.HOURS_OF_DAYS)) {
      query.setInt(2, hours.first());
      query.setInt(3, hours.last() + 1);
      for (int id : series) {
        query.setInt(1, id);
        readPacked(query, id, consumer);
      }
    }
  }

  private void readPacked(PreparedStatement query, int id, Consumer consumer) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        PackedBuckets.unpack(
            row.getBytes(2),
            row.getInt(1),
            table.width(),
            (tick, length, values) -> consumer.row((int) tick, id, values));
      }
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
