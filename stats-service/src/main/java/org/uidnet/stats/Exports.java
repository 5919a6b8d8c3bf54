package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.uidnet.stats.Tiers.Span;

/** Where each sink is in history, as it is stored. For the writer only. */
final class Exports {
  private final Database database;
  private final Statements statements;

  Exports(Database database) {
    this.database = database;
    statements = new Statements(database.writer());
  }

  /** Notes that all complete buckets may be given out; answers from where on. */
  ExportCursor handOut(String sink, State state) throws SQLException {
    int complete = Tick.of(state.epoch().asOf());
    int floor = state.tiers().floor(Resolution.FIVE_MINUTES);
    Optional<ExportCursor> known = find(database.writer(), sink);
    ExportCursor cursor =
        (known.isPresent() ? known.get() : ExportCursor.at(first(floor, complete)))
            .handOut(floor, complete);
    if (known.isEmpty() || !cursor.equals(known.get())) {
      store(sink, cursor);
    }
    return cursor;
  }

  /** A new sink gets all that is kept. */
  private int first(int floor, int complete) throws SQLException {
    try (ResultSet row =
        statements
            .with(
                Sql.firstRow(Table.USAGE, Resolution.FIVE_MINUTES), Tick.row(Math.max(0, floor), 0))
            .executeQuery()) {
      row.next();
      long id = row.getLong(1);
      return row.wasNull() ? Math.max(floor, complete) : Tick.tickOf(id);
    }
  }

  void sent(String sink, int after) throws SQLException {
    Optional<ExportCursor> known = find(database.writer(), sink);
    if (known.isPresent()) {
      store(sink, known.get().sent(after));
    }
  }

  private void store(String sink, ExportCursor cursor) throws SQLException {
    database.write(
        connection ->
            statements.execute(
                Sql.STORE_EXPORT,
                sink,
                cursor.next(),
                cursor.handed(),
                cursor.lost().map(Span::start).orElse(null),
                cursor.lost().map(Span::end).orElse(null)));
  }

  /** Empty for a sink that was given nothing yet. */
  static Optional<ExportCursor> find(Connection connection, String sink) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Sql.EXPORT)) {
      query.setString(1, sink);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(cursor(row)) : Optional.empty();
      }
    }
  }

  private static ExportCursor cursor(ResultSet row) throws SQLException {
    int lostFrom = row.getInt(3);
    Optional<Span> lost =
        row.wasNull() ? Optional.empty() : Optional.of(new Span(lostFrom, row.getInt(4)));
    return new ExportCursor(row.getInt(1), row.getInt(2), lost);
  }
}
