package org.uidnet.stats;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.uidnet.stats.Part.Share;

/** Reads buckets of recordings. Times are milliseconds. */
final class ImportedRows {
  /** So many look-ups of single rows take about as long as reading three times as many in order. */
  private static final int WORTH_LOOKING_UP = 3;

  // Columns of Sql.imported.
  private static final int FIRST = 2;
  private static final int END = 3;
  private static final int BUCKETS = 4;
  private static final int PACKED = 5;

  private final Connection connection;
  private final Imports imports;
  private final Table table;
  private final IntPredicate wanted;
  private final Optional<int[]> only;

  /**
   * @param wanted which series or interfaces are asked for
   * @param only all of these, if they may be few
   */
  ImportedRows(
      Connection connection,
      Imports imports,
      Table table,
      IntPredicate wanted,
      Optional<int[]> only) {
    this.connection = connection;
    this.imports = imports;
    this.table = table;
    this.wanted = wanted;
    this.only = only;
  }

  /** Takes a bucket; the values are overwritten by the next one. */
  @FunctionalInterface
  interface BucketConsumer {
    void bucket(int id, long start, long length, long[] values);
  }

  /** Takes what lies between the cut at a time and the next one. */
  @FunctionalInterface
  interface ShareConsumer {
    void share(long cut, int id, long[] values);
  }

  /** Takes all buckets of a series or interface in one recording. */
  @FunctionalInterface
  private interface RowConsumer {
    void row(int id, ResultSet row) throws SQLException;
  }

  /** Shares of buckets in the ranges between cuts: those of adjacent ranges add up to the whole. */
  void read(long[] cuts, ShareConsumer consumer) throws SQLException {
    if (cuts.length == 0) {
      return;
    }
    scan(
        cuts[0],
        cuts[cuts.length - 1],
        (id, row) -> {
          int cut = cutBefore(cuts, row.getLong(FIRST));
          if (row.getLong(FIRST) >= cuts[cut] && row.getLong(END) <= cuts[cut + 1]) {
            consumer.share(cuts[cut], id, BucketSums.total(row.getBytes(PACKED), table.width()));
          } else {
            unpack(
                row, (start, length, values) -> share(cuts, id, start, length, values, consumer));
          }
        });
  }

  /** The last cut that is not later, or the first one. */
  private static int cutBefore(long[] cuts, long time) {
    int found = Arrays.binarySearch(cuts, time);
    return Math.max(0, found < 0 ? -found - 2 : found);
  }

  private static void share(
      long[] cuts, int id, long start, long length, long[] values, ShareConsumer consumer) {
    long end = start + length;
    for (int cut = cutBefore(cuts, start); cut < cuts.length - 1 && cuts[cut] < end; cut++) {
      long from = Math.max(start, cuts[cut]) - start;
      long to = Math.min(end, cuts[cut + 1]) - start;
      if (to - from == length) {
        consumer.share(cuts[cut], id, values);
      } else if (from < to) {
        consumer.share(cuts[cut], id, share(values, new Share(from, to, length)));
      }
    }
  }

  private static long[] share(long[] values, Share share) {
    return Arrays.stream(values).map(share::of).toArray();
  }

  /** Whole buckets that overlap a range. */
  void readWhole(long from, long to, BucketConsumer consumer) throws SQLException {
    scan(
        from,
        to,
        (id, row) ->
            unpack(
                row,
                (start, length, values) -> {
                  if (start < to && from < start + length) {
                    consumer.bucket(id, start, length, values);
                  }
                }));
  }

  private void unpack(ResultSet row, BucketSums.Consumer consumer) throws SQLException {
    BucketSums.unpack(row.getBytes(PACKED), row.getInt(BUCKETS), table.width(), consumer);
  }

  /** Rows with buckets that overlap a range. */
  private void scan(long from, long to, RowConsumer consumer) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(Sql.imported(table))) {
      query.setLong(3, to);
      query.setLong(4, from);
      for (Import each : imports.all()) {
        if (each.overlaps(from, to)) {
          scan(query, each, consumer);
        }
      }
    }
  }

  private void scan(PreparedStatement query, Import each, RowConsumer consumer)
      throws SQLException {
    if (only.isPresent() && only.get().length * WORTH_LOOKING_UP < each.file().keys()) {
      for (int id : only.get()) {
        scan(query, Tick.row(each.id(), id), Tick.row(each.id(), id + 1), consumer);
      }
    } else {
      scan(query, Tick.row(each.id(), 0), Tick.row(each.id() + 1, 0), consumer);
    }
  }

  private void scan(PreparedStatement query, long first, long after, RowConsumer consumer)
      throws SQLException {
    query.setLong(1, first);
    query.setLong(2, after);
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        int id = Tick.idOf(row.getLong(1));
        if (wanted.test(id)) {
          consumer.row(id, row);
        }
      }
    }
  }
}
