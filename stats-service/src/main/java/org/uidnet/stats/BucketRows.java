package org.uidnet.stats;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The rows of one bucket as they are in the store, being added to. Storing whole rows and not
 * increments lets one statement take many. For the writer only.
 */
final class BucketRows {
  /** Rows of one statement: more no longer helps. */
  private static final int ROWS = 64;

  private final Table table;
  private final Resolution tier;
  private final int bucket;
  private final Map<Integer, long[]> rows = new HashMap<>();
  private final Set<Integer> changed = new HashSet<>();

  private BucketRows(Table table, Resolution tier, int bucket) {
    this.table = table;
    this.tier = tier;
    this.bucket = bucket;
  }

  static BucketRows load(Statements statements, Table table, Resolution tier, int bucket)
      throws SQLException {
    BucketRows rows = new BucketRows(table, tier, bucket);
    PreparedStatement query =
        statements.with(Sql.rows(table, tier), Tick.row(bucket, 0), Tick.row(bucket + 1, 0));
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        rows.rows.put(Tick.idOf(row.getLong(1)), rows.read(row));
      }
    }
    return rows;
  }

  private long[] read(ResultSet row) throws SQLException {
    long[] values = new long[table.width()];
    for (int column = 0; column < values.length; column++) {
      values[column] = row.getLong(column + 2);
    }
    return values;
  }

  void add(int id, long[] values) {
    Values.add(rows.computeIfAbsent(id, key -> new long[table.width()]), values);
    changed.add(id);
  }

  void store(Statements statements) throws SQLException {
    int[] ids = changed.stream().mapToInt(Integer::intValue).sorted().toArray();
    int whole = ids.length - ids.length % ROWS;
    storeBatches(statements.get(Sql.store(table, tier, ROWS)), Arrays.copyOf(ids, whole), ROWS);
    storeBatches(
        statements.get(Sql.store(table, tier, 1)), Arrays.copyOfRange(ids, whole, ids.length), 1);
    changed.clear();
  }

  private void storeBatches(PreparedStatement statement, int[] ids, int rowsOfStatement)
      throws SQLException {
    for (int i = 0; i < ids.length; i++) {
      set(statement, i % rowsOfStatement * (table.width() + 1), ids[i]);
      if (i % rowsOfStatement == rowsOfStatement - 1) {
        statement.addBatch();
      }
    }
    if (ids.length > 0) {
      statement.executeBatch();
    }
  }

  private void set(PreparedStatement statement, int offset, int id) throws SQLException {
    statement.setLong(offset + 1, Tick.row(bucket, id));
    long[] values = rows.getOrDefault(id, new long[table.width()]);
    for (int column = 0; column < values.length; column++) {
      statement.setLong(offset + 2 + column, values[column]);
    }
  }
}
