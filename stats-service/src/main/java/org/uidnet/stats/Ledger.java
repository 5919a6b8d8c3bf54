package org.uidnet.stats;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Adds traffic to the buckets it belongs to. Keeps the rows of the newest bucket in memory between
 * rounds; others are read when they are needed. For the writer only; after a failed transaction it
 * is thrown away.
 */
final class Ledger {
  private final Statements statements;
  private final BucketCalendar calendar;
  private final Resolution finest;
  private final Map<Key, BucketRows> open = new HashMap<>();
  private final HoursOfDays hoursOfDays;
  private final Set<LateHour> late = new HashSet<>();
  private Tiers tiers = Tiers.none();

  /** An hour of a complete day that changes. */
  private record LateHour(Tiers.Span day, int series) {}

  private record Key(Table table, Resolution tier, int bucket) {}

  Ledger(Statements statements, BucketCalendar calendar, Resolution finest) {
    this.statements = statements;
    this.calendar = calendar;
    this.finest = finest;
    hoursOfDays = new HoursOfDays(statements);
  }

  /** Adds a round's traffic; answers with the tiers, which may have got buckets for long ago. */
  Tiers add(Round round, Spread spread, Tiers present) throws SQLException {
    tiers = present;
    if (finest == Resolution.HOUR) {
      completeHours(spread, Tick.of(round.now()));
    }
    add(Table.USAGE, round.usage(), spread);
    add(Table.TRUTH, round.truth(), spread);
    store(spread.tick(spread.size() - 1));
    return tiers;
  }

  /** Adds to one series at one time. */
  Tiers add(int series, long[] values, int tick, Tiers present) throws SQLException {
    tiers = present;
    addShare(Table.USAGE, tick, series, values);
    store(tick);
    return tiers;
  }

  private void store(int newest) throws SQLException {
    for (BucketRows rows : open.values()) {
      rows.store(statements);
    }
    for (LateHour hour : late) {
      hoursOfDays.packAgain(hour.day(), hour.series());
    }
    late.clear();
    open.keySet().removeIf(key -> key.bucket() != newest || key.tier() != Resolution.FIVE_MINUTES);
  }

  /**
   * Says of hours that end with this round that they are complete, so that they are written as
   * hours at once: their five-minute rows would be rolled up and deleted right afterwards. Rows of
   * an earlier round that wait for their roll-up may belong to the same hour, and go the usual way.
   */
  private void completeHours(Spread spread, int now) throws SQLException {
    if (isRollUpPending(Table.USAGE) || isRollUpPending(Table.TRUTH)) {
      return;
    }
    for (int piece = 0; piece < spread.size(); piece++) {
      int tick = spread.tick(piece);
      if (tick >= tiers.watermark(Resolution.HOUR)) {
        completeHour(tiers.fit(Resolution.HOUR, tick, calendar), now);
      }
    }
  }

  private boolean isRollUpPending(Table table) throws SQLException {
    long from = Tick.row(tiers.watermark(Resolution.HOUR), 0);
    try (ResultSet row =
        statements.with(Sql.firstRow(table, Resolution.FIVE_MINUTES), from).executeQuery()) {
      row.next();
      row.getLong(1);
      return !row.wasNull();
    }
  }

  private void completeHour(Tiers.Span hour, int now) throws SQLException {
    if (hour.end() <= now) {
      statements.execute(
          Sql.STORE_ROLLUP, Resolution.HOUR.label(), hour.start(), hour.end(), false);
      statements.execute(Sql.STORE_FLOOR, Resolution.FIVE_MINUTES.label(), hour.end());
      tiers = tiers.with(Resolution.HOUR, hour).withFloor(Resolution.FIVE_MINUTES, hour.end());
    }
  }

  private void add(Table table, Map<Integer, long[]> deltas, Spread spread) throws SQLException {
    for (Map.Entry<Integer, long[]> delta : deltas.entrySet()) {
      long[][] shares = spread.split(delta.getValue());
      for (int piece = 0; piece < shares.length; piece++) {
        addShare(table, spread.tick(piece), delta.getKey(), shares[piece]);
      }
    }
  }

  private void addShare(Table table, int tick, int id, long[] values) throws SQLException {
    if (isZero(values)) {
      return;
    }
    for (Resolution tier : Resolution.values()) {
      if (tiers.takes(tier, tick)) {
        rows(table, tier, bucket(tier, tick)).add(id, values);
        noteLateHour(table, tier, tick, id);
      }
    }
  }

  /** Its day may be packed already. */
  private void noteLateHour(Table table, Resolution tier, int tick, int id) {
    if (table == Table.USAGE && tier == Resolution.HOUR) {
      tiers.at(Resolution.DAY, tick).ifPresent(day -> late.add(new LateHour(day, id)));
    }
  }

  private int bucket(Resolution tier, int tick) throws SQLException {
    if (tier == Resolution.FIVE_MINUTES) {
      return tick;
    }
    Tiers.Span span = tiers.at(tier, tick).orElse(null);
    return span == null ? addBucket(tier, tick) : span.start();
  }

  private int addBucket(Resolution tier, int tick) throws SQLException {
    Tiers.Span span = tiers.fit(tier, tick, calendar);
    statements.execute(Sql.STORE_ROLLUP, tier.label(), span.start(), span.end(), false);
    tiers = tiers.with(tier, span);
    return span.start();
  }

  private BucketRows rows(Table table, Resolution tier, int bucket) throws SQLException {
    Key key = new Key(table, tier, bucket);
    BucketRows rows = open.get(key);
    if (rows == null) {
      rows = BucketRows.load(statements, table, tier, bucket);
      open.put(key, rows);
    }
    return rows;
  }

  private static boolean isZero(long[] values) {
    for (long value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }
}
