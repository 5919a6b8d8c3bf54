package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.uidnet.stats.Tiers.Span;

/**
 * Reads five-minute buckets as a sink gets them: each row once, under what it is and not under
 * numbers that only this store knows. What tunnels carry is left to the interfaces below them.
 */
final class ExportReader {
  private final Connection connection;
  private final Books books;

  ExportReader(Connection connection, Books books) {
    this.connection = connection;
    this.books = books;
  }

  /** The rows of a bucket that have the same key: interfaces may be told apart by number alone. */
  private record Key(int tick, UsageKey key) {}

  /** Whole buckets of the span, until there are enough rows. */
  ExportBatch read(Span span, int enough) throws SQLException {
    Map<Key, long[]> rows = new LinkedHashMap<>();
    int end = add(rows, span, enough);
    NavigableMap<Integer, String> boots = boots(span.start(), end);
    return new ExportBatch(
        Tick.instant(span.start()), Tick.instant(end), bootOf(end - 1, boots), list(rows, boots));
  }

  /** Answers with the tick after the last bucket. */
  private int add(Map<Key, long[]> rows, Span span, int enough) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Sql.EXPORTED_ROWS)) {
      query.setLong(1, Tick.row(span.start(), 0));
      query.setLong(2, Tick.row(span.end(), 0));
      try (ResultSet row = query.executeQuery()) {
        int last = span.start();
        while (row.next()) {
          int tick = Tick.tickOf(row.getLong(1));
          if (rows.size() >= enough && tick != last) {
            return tick;
          }
          last = tick;
          add(rows, tick, row);
        }
      }
    }
    return span.end();
  }

  private void add(Map<Key, long[]> rows, int tick, ResultSet row) throws SQLException {
    Series series = books.series().get(Tick.idOf(row.getLong(1)));
    Interface iface = books.interfaces().get(series.iface());
    if (!iface.inner()) {
      long[] values = new long[Table.USAGE.width()];
      for (int column = 0; column < values.length; column++) {
        values[column] = row.getLong(column + 2);
      }
      Values.add(
          rows.computeIfAbsent(
              new Key(tick, key(series, iface, tick)), key -> new long[values.length]),
          values);
    }
  }

  private UsageKey key(Series series, Interface iface, int tick) {
    boolean uid = series.kind() == Kind.UID;
    return new UsageKey(
        series.kind(),
        uid ? Optional.of(series.uid()) : Optional.empty(),
        uid ? books.names().at(series.uid(), Tick.millis(tick + 1)) : Optional.empty(),
        Optional.of(series.set()),
        Optional.of(series.tag()),
        Optional.of(iface.label()),
        iface.network(),
        Optional.of(iface.networks().label()),
        Optional.of(iface.metered()),
        Optional.of(iface.roaming()),
        Optional.of(iface.defaultNetwork()),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  private static List<ExportBatch.Row> list(
      Map<Key, long[]> rows, NavigableMap<Integer, String> boots) {
    List<ExportBatch.Row> list = new ArrayList<>();
    rows.forEach((key, values) -> list.add(row(key, values, bootOf(key.tick(), boots))));
    return list;
  }

  private static ExportBatch.Row row(Key key, long[] values, String boot) {
    return new ExportBatch.Row(
        boot,
        new Usage.Bucket(
            Tick.instant(key.tick()),
            Tick.instant(key.tick() + 1),
            new Usage.Row(key.key(), Values.traffic(values, 0), values[Values.OPERATIONS])));
  }

  /** Names of boots by the first bucket that they counted. */
  private NavigableMap<Integer, String> boots(int from, int until) throws SQLException {
    NavigableMap<Integer, String> boots = new TreeMap<>();
    try (PreparedStatement query = connection.prepareStatement(Sql.BOOTS_OF_BUCKETS)) {
      query.setInt(1, until);
      query.setInt(2, from);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          boots.put(row.getInt(1), row.getString(2));
        }
      }
    }
    return boots;
  }

  private static String bootOf(int tick, NavigableMap<Integer, String> boots) {
    Map.Entry<Integer, String> boot = boots.floorEntry(tick);
    return boot == null ? "" : boot.getValue();
  }
}
