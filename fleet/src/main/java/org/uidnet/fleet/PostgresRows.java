package org.uidnet.fleet;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.ExportProgress.Lost;
import org.uidnet.stats.UsageKey;

/**
 * The statements that store a shipment. Each says what a row is, not what is added to it: stored
 * twice it is stored once.
 */
final class PostgresRows {
  private static final String USAGE =
      """
      INSERT INTO uidnet_usage (host, boot, bucket, key, kind, uid, name, tag, counter_set,
        interface, network_type, network, metered, roaming, default_network,
        rx_bytes, rx_packets, tx_bytes, tx_packets, operations)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (host, boot, bucket, key) DO UPDATE SET
        rx_bytes = EXCLUDED.rx_bytes, rx_packets = EXCLUDED.rx_packets,
        tx_bytes = EXCLUDED.tx_bytes, tx_packets = EXCLUDED.tx_packets,
        operations = EXCLUDED.operations""";

  private static final String BLOCKED =
      """
      INSERT INTO uidnet_blocked (host, hour, uid, reason, call, packets, bytes)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (host, hour, uid, reason, call) DO UPDATE SET
        packets = EXCLUDED.packets, bytes = EXCLUDED.bytes""";

  private static final String HOST =
      """
      INSERT INTO uidnet_hosts (host, boot, exported_to, sent_at, lost_from, lost_to)
      VALUES (?, ?, ?, CURRENT_TIMESTAMP, ?, ?)
      ON CONFLICT (host) DO UPDATE SET
        boot = EXCLUDED.boot, exported_to = EXCLUDED.exported_to, sent_at = EXCLUDED.sent_at,
        lost_from = EXCLUDED.lost_from, lost_to = EXCLUDED.lost_to""";

  private PostgresRows() {}

  static void store(Connection connection, Shipment shipment) throws SQLException {
    storeUsage(connection, shipment);
    storeBlocked(connection, shipment);
    storeHost(connection, shipment);
  }

  private static void storeUsage(Connection connection, Shipment shipment) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(USAGE)) {
      for (ExportBatch.Row row : shipment.batch().rows()) {
        addUsage(statement, shipment.host(), row);
      }
      statement.executeBatch();
    }
  }

  private static void addUsage(PreparedStatement statement, String host, ExportBatch.Row row)
      throws SQLException {
    UsageKey key = row.bucket().row().key();
    Traffic traffic = row.bucket().row().traffic();
    add(
        statement,
        text(host),
        text(row.boot()),
        time(row.bucket().start()),
        RowKey.of(key),
        key.kind().name(),
        key.uid().orElse(null),
        text(key.name()),
        key.tag().orElse(0L),
        key.set().map(Enum::name).orElse(""),
        text(key.iface().orElse("")),
        key.type().orElse(""),
        text(key.network()),
        key.metered().orElse(false),
        key.roaming().orElse(false),
        key.defaultNetwork().orElse(false),
        traffic.rxBytes(),
        traffic.rxPackets(),
        traffic.txBytes(),
        traffic.txPackets(),
        row.bucket().row().operations());
  }

  private static void storeBlocked(Connection connection, Shipment shipment) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BLOCKED)) {
      for (BlockedRow row : shipment.blocked()) {
        add(
            statement,
            text(shipment.host()),
            time(row.hour()),
            row.uid(),
            text(row.reason()),
            row.call(),
            row.packets(),
            row.bytes());
      }
      statement.executeBatch();
    }
  }

  private static void storeHost(Connection connection, Shipment shipment) throws SQLException {
    ExportBatch batch = shipment.batch();
    try (PreparedStatement statement = connection.prepareStatement(HOST)) {
      add(
          statement,
          text(shipment.host()),
          text(batch.boot()),
          time(batch.to()),
          shipment.lost().map(Lost::from).map(PostgresRows::time).orElse(null),
          shipment.lost().map(Lost::to).map(PostgresRows::time).orElse(null));
      statement.executeBatch();
    }
  }

  private static void add(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        statement.setNull(i + 1, Types.NULL);
      } else {
        statement.setObject(i + 1, values[i]);
      }
    }
    statement.addBatch();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable String text(Optional<String> text) {
    return text.map(PostgresRows::text).orElse(null);
  }

  /** The protocol has no NUL, and one name with it must not keep all others here. */
  private static String text(String text) {
    return text.replace('\0', '\uFFFD');
  }
}
