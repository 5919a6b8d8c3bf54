package org.uidnet.stats;

import java.util.Collections;

/** Every statement of the store. */
final class Sql {
  static final String TABLE_SIZES =
      "SELECT table_name, row_count_estimate FROM information_schema.tables WHERE table_schema ="
          + " 'PUBLIC' ORDER BY table_name";

  static final String BOOT = "SELECT id FROM boots WHERE boot_id = ?";
  static final String NEXT_BOOT = "SELECT COALESCE(MAX(id), 0) + 1 FROM boots";
  static final String NEXT_EPOCH = "SELECT COALESCE(MAX(id), 0) + 1 FROM epochs";
  static final String EPOCH =
      "SELECT id, attached_ms, as_of_ms, as_of_elapsed FROM epochs WHERE boot = ? AND epoch = ?";
  static final String EPOCHS_OF_BOOT =
      "SELECT e.attached_ms, e.as_of_ms FROM epochs e WHERE e.boot = ? ORDER BY e.id";
  static final String LAST_STORED = "SELECT as_of_ms FROM epochs ORDER BY id DESC LIMIT 1";
  static final String STORE_BOOT = "MERGE INTO boots KEY (id) VALUES (?, ?, ?)";
  static final String STORE_EPOCH = "MERGE INTO epochs KEY (id) VALUES (?, ?, ?, ?, ?, ?)";
  static final String STORE_AS_OF =
      "UPDATE epochs SET as_of_ms = ?, as_of_elapsed = ? WHERE id = ?";

  static final String BASELINES =
      "SELECT id, counters, retired FROM baselines WHERE id >= ? AND id < ?";
  static final String STORE_BASELINE = "MERGE INTO baselines KEY (id) VALUES (?, ?, ?)";
  static final String TOTALS = "SELECT id, traffic FROM boot_totals WHERE id >= ? AND id < ?";
  static final String STORE_TOTALS = "MERGE INTO boot_totals KEY (id) VALUES (?, ?)";

  /** What belongs to earlier boots can never be needed again. */
  static final String[] FORGET_EARLIER_BOOTS = {
    "DELETE FROM baselines WHERE id < (SELECT MIN(id) FROM epochs WHERE boot = ?) * 4294967296",
    "DELETE FROM devices WHERE epoch < (SELECT MIN(id) FROM epochs WHERE boot = ?)",
    "DELETE FROM boot_totals WHERE id < CAST(? AS BIGINT) * 4294967296",
  };

  static final String SERIES =
      "SELECT id, kind, uid, tag, counter_set, interface FROM series ORDER BY id";

  /**
   * Android keeps neither tags nor sets of removed UIDs. What recordings tell of tags stays apart:
   * it is part of their untagged rows already.
   */
  static final String REMOVE_UID =
      "UPDATE series SET kind = 'REMOVED', counter_set = 'DEFAULT', tag = CASE WHEN interface IN"
          + " (SELECT id FROM interfaces WHERE recorded) THEN tag ELSE 0 END WHERE kind = 'UID' AND"
          + " uid = ?";

  static final String REMOVE_NAMES = "DELETE FROM uid_names WHERE uid = ?";

  static final String INTERFACES =
      "SELECT id, netns, ifindex, name, label, counts_as, metered, roaming, network, is_default,"
          + " boot, recorded, network_type, is_inner FROM interfaces ORDER BY id";
  static final String CURRENT_INTERFACES =
      "SELECT id, netns, ifindex FROM interfaces WHERE boot = ? ORDER BY seen_ms, id";
  static final String STORE_INTERFACE =
      "INSERT INTO interfaces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  static final String STORE_SEEN = "UPDATE interfaces SET boot = ?, seen_ms = ? WHERE id = ?";

  static final String RECORDED_NETWORKS =
      "SELECT interface, type, radio, subscriber, network_key, roaming, metered, is_default, oem,"
          + " subscription FROM recorded_networks";
  static final String STORE_RECORDED_NETWORK =
      "INSERT INTO recorded_networks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  static final String IMPORTS =
      "SELECT id, recorder, source, start_ms, end_ms, digest, imported_ms, first_ms, after_ms, series,"
          + " buckets, rx_bytes, rx_packets, tx_bytes, tx_packets FROM imports ORDER BY id";
  static final String STORE_IMPORT =
      "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  static final String FORGET_IMPORT = "DELETE FROM imports WHERE id = ?";

  static final String ALERTS =
      "SELECT id, owner, template, threshold_bytes, used_bytes FROM alerts ORDER BY id";
  static final String NEXT_ALERT = "SELECT NEXT VALUE FOR alert_ids";
  static final String STORE_ALERT = "INSERT INTO alerts VALUES (?, ?, ?, ?, ?)";
  static final String STORE_ALERT_USE = "UPDATE alerts SET used_bytes = ? WHERE id = ?";
  static final String FORGET_ALERT = "DELETE FROM alerts WHERE id = ?";
  static final String FORGET_ALERTS_OF = "DELETE FROM alerts WHERE owner = ?";

  static final String EXPORT =
      "SELECT next, handed, lost_from, lost_to FROM exports WHERE sink = ?";
  static final String STORE_EXPORT = "MERGE INTO exports KEY (sink) VALUES (?, ?, ?, ?, ?)";

  /** Parameter, each time: a bucket that got traffic. */
  static final String EXPORT_AGAIN =
      "UPDATE exports SET next = LEAST(next, ?), handed = LEAST(handed, ?) WHERE handed > ?";

  /** Parameters first id, id after the last. */
  static final String EXPORTED_ROWS = rows(Table.USAGE, Resolution.FIVE_MINUTES) + " ORDER BY id";

  /**
   * A boot's first bucket is the last that has rows, if the boot before stopped within it: whatever
   * was given to a sink is of buckets before, and stays of the boot before. Parameter: the boot.
   */
  static final String STORE_BOOT_OF_BUCKETS =
      "MERGE INTO boots_of_buckets KEY (first) SELECT CASE WHEN last = stopped THEN last ELSE last"
          + " + 1 END, ? FROM (SELECT CAST(COALESCE(MAX(id), 0) / 4294967296 AS INT) last FROM"
          + " usage_5m), (SELECT CAST(COALESCE(MAX(as_of_ms), 0) / 300000 AS INT) stopped FROM"
          + " epochs WHERE id = (SELECT MAX(id) FROM epochs))";

  static final String BOOT_OF_BUCKETS =
      "SELECT boot FROM boots_of_buckets ORDER BY first DESC LIMIT 1";

  /** The boots of the buckets of a range: parameters after its last tick, its first tick. */
  static final String BOOTS_OF_BUCKETS =
      "SELECT b.first, o.boot_id FROM boots_of_buckets b JOIN boots o ON o.id = b.boot WHERE b.first"
          + " < ? AND b.first >= COALESCE((SELECT MAX(first) FROM boots_of_buckets WHERE first <="
          + " ?), 0)";

  static final String NAMES = "SELECT uid, since_ms, name FROM uid_names";
  static final String STORE_NAME = "MERGE INTO uid_names KEY (uid, since_ms) VALUES (?, ?, ?)";

  static final String DEVICES =
      "SELECT netns, ifindex, interface, counters FROM devices WHERE epoch = ?";
  static final String STORE_DEVICE =
      "MERGE INTO devices KEY (epoch, netns, ifindex) VALUES (?, ?, ?, ?, ?)";

  static final String ROLLUPS = "SELECT resolution, first, after_last FROM rollups";
  static final String STORE_ROLLUP = "INSERT INTO rollups VALUES (?, ?, ?, ?)";
  static final String FORGET_ROLLUPS = "DELETE FROM rollups WHERE resolution = ? AND first < ?";

  /** Days within a range whose hours are packed: parameters its first tick, and that after it. */
  static final String PACKED_DAYS =
      "SELECT first, after_last FROM rollups WHERE resolution = '1d' AND packed AND first >= ? AND"
          + " after_last <= ? ORDER BY first";

  /** Hours of one series in packed days: parameters series, and as above. */
  static final String HOURS_OF_DAYS =
      "SELECT h.hours, h.packed FROM rollups b JOIN hours_of_days h ON h.id = CAST(b.first AS"
          + " BIGINT) * 4294967296 + ? WHERE b.resolution = '1d' AND b.packed AND b.first >= ? AND"
          + " b.after_last <= ?";

  static final String STORE_HOURS_OF_DAY = "MERGE INTO hours_of_days KEY (id) VALUES (?, ?, ?)";
  static final String DELETE_HOURS_OF_DAYS = "DELETE FROM hours_of_days WHERE id < ? LIMIT ?";
  static final String FLOORS = "SELECT resolution, first FROM floors";
  static final String STORE_FLOOR = "MERGE INTO floors KEY (resolution) VALUES (?, ?)";

  private Sql() {}

  /** Rows of buckets that begin in a range: parameters first id, id after the last. */
  static String rows(Table table, Resolution tier) {
    return "SELECT id, "
        + table.columns()
        + " FROM "
        + table.in(tier)
        + " WHERE id >= ? AND id < ?";
  }

  /** Rows of one series in five-minute buckets: parameters first tick, last tick, series. */
  static String finestRowsOf(Table table) {
    return "SELECT u.id, "
        + table.columns()
        + " FROM SYSTEM_RANGE(?, ?) b JOIN "
        + table.in(Resolution.FIVE_MINUTES)
        + " u ON u.id = b.x * 4294967296 + ?";
  }

  /** Rows of one series in complete buckets: parameters series, first tick, last tick. */
  static String rowsOf(Table table, Resolution tier) {
    return "SELECT u.id, "
        + table.columns()
        + " FROM rollups b JOIN "
        + table.in(tier)
        + " u ON u.id = CAST(b.first AS BIGINT) * 4294967296 + ? WHERE b.resolution = '"
        + tier.label()
        + "' AND b.first >= ? AND b.first <= ?";
  }

  /** Stores whole rows. Many in one statement take a third of the time of as many statements. */
  static String store(Table table, Resolution tier, int rows) {
    return "MERGE INTO " + table.in(tier) + " KEY (id) VALUES " + values(table.width() + 1, rows);
  }

  /** The same of rows that are new. */
  static String insert(String table, int width, int rows) {
    return "INSERT INTO " + table + " VALUES " + values(width, rows);
  }

  private static String values(int width, int rows) {
    String row = "(" + String.join(", ", Collections.nCopies(width, "?")) + ")";
    return String.join(", ", Collections.nCopies(rows, row));
  }

  /** Adds a span of a finer tier up: parameters the new bucket's first id, first id, id after. */
  static String rollUp(Table table, Resolution tier) {
    return "INSERT INTO "
        + table.in(tier)
        + " (id, "
        + table.columns()
        + ") SELECT CAST(? AS BIGINT) + part, SUM("
        + table.columns().replace(", ", "), SUM(")
        + ") FROM (SELECT BITAND(id, 4294967295) part, "
        + table.columns()
        + " FROM "
        + table.in(Tiers.finer(tier))
        + " WHERE id >= ? AND id < ?) GROUP BY part";
  }

  /**
   * Imported rows: parameters first id, id after the last, and the range of time: its end first.
   */
  static String imported(Table table) {
    return "SELECT id, first_ms, after_ms, buckets, packed FROM "
        + table.imported()
        + " WHERE id >= ? AND id < ? AND first_ms < ? AND after_ms > ?";
  }

  /** Parameters first id, id after the last. */
  static String forgetImported(Table table) {
    return "DELETE FROM " + table.imported() + " WHERE id >= ? AND id < ?";
  }

  static String firstRow(Table table, Resolution tier) {
    return "SELECT MIN(id) FROM " + table.in(tier) + " WHERE id >= ?";
  }

  /** {@code MIN} or {@code MAX} of all ids. */
  static String edge(String which, Table table, Resolution tier) {
    return "SELECT " + which + "(id) FROM " + table.in(tier);
  }

  static String deleteBefore(Table table, Resolution tier) {
    return "DELETE FROM " + table.in(tier) + " WHERE id < ? LIMIT ?";
  }
}
