package org.uidnet.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.ExportProgress.Lost;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageKey;

/** Against a real PostgreSQL. */
class PostgresSinkTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant FIVE_PAST = NOON.plusSeconds(300);
  private static final Lost LOST = new Lost(NOON.minusSeconds(3600), NOON);

  private static PostgresServer server;

  @TempDir Path directory;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void dropTables() throws SQLException {
    server.execute("DROP TABLE IF EXISTS uidnet_usage, uidnet_blocked, uidnet_hosts");
  }

  private static PostgresSink sink() {
    return new PostgresSink(server.target(), Optional.of(server.passwordFile()));
  }

  private static Shipment shipment(String network, long bytes) {
    UsageKey key =
        new UsageKey(
            Kind.UID,
            Optional.of(1000L),
            Optional.of("an\0na"),
            Optional.of(CounterSet.FOREGROUND),
            Optional.of(7L),
            Optional.of("wlan0"),
            Optional.of(network),
            Optional.of("wifi"),
            Optional.of(true),
            Optional.of(false),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            false);
    Usage.Row row = new Usage.Row(key, new Traffic(bytes, 3, 40, 2), 5);
    ExportBatch batch =
        new ExportBatch(
            NOON,
            FIVE_PAST,
            "boot-1",
            List.of(new ExportBatch.Row("boot-1", new Usage.Bucket(NOON, FIVE_PAST, row))));
    return new Shipment(
        "host",
        batch,
        List.of(new BlockedRow(NOON, 1000, "DOZE", "EGRESS", bytes / 100, bytes)),
        Optional.of(LOST));
  }

  @Test
  void send_makesTablesAndStoresWhatIsTold() throws Exception {
    try (PostgresSink sink = sink()) {
      sink.send(shipment("home", 300));
    }
    assertThat(
            server.query(
                "SELECT host, boot, bucket AT TIME ZONE 'UTC', kind, uid, name, tag, counter_set,"
                    + " interface, network_type, network, metered, roaming, default_network,"
                    + " rx_bytes, rx_packets, tx_bytes, tx_packets, operations FROM uidnet_usage"))
        .containsExactly(
            List.of(
                "host",
                "boot-1",
                "2026-03-01 12:00:00",
                "UID",
                "1000",
                "an\uFFFDna",
                "7",
                "FOREGROUND",
                "wlan0",
                "wifi",
                "home",
                "t",
                "f",
                "t",
                "300",
                "3",
                "40",
                "2",
                "5"));
    assertThat(server.query("SELECT host, uid, reason, call, packets, bytes FROM uidnet_blocked"))
        .containsExactly(List.of("host", "1000", "DOZE", "EGRESS", "3", "300"));
    assertThat(
            server.query(
                "SELECT host, boot, exported_to AT TIME ZONE 'UTC', lost_from AT TIME ZONE 'UTC',"
                    + " sent_at > now() - interval '1 minute' FROM uidnet_hosts"))
        .containsExactly(
            List.of("host", "boot-1", "2026-03-01 12:05:00", "2026-03-01 11:00:00", "t"));
  }

  @Test
  void send_changesNothingWhenItIsSentAgain() throws Exception {
    try (PostgresSink sink = sink();
        PostgresSink afterRestart = sink()) {
      sink.send(shipment("home", 300));
      sink.send(shipment("home", 300));
      afterRestart.send(shipment("home", 300));
    }
    assertThat(server.query("SELECT count(*), sum(rx_bytes) FROM uidnet_usage"))
        .containsExactly(List.of("1", "300"));
    assertThat(server.query("SELECT sum(bytes) FROM uidnet_blocked"))
        .containsExactly(List.of("300"));
  }

  /** The clock went back, and the bucket got more. */
  @Test
  void send_replacesWhatGrew() throws Exception {
    try (PostgresSink sink = sink()) {
      sink.send(shipment("home", 300));
      sink.send(shipment("home", 340));
      sink.send(shipment("work", 60));
    }
    assertThat(server.query("SELECT network, rx_bytes FROM uidnet_usage ORDER BY 1"))
        .containsExactly(List.of("home", "340"), List.of("work", "60"));
  }

  @Test
  void send_storesAllOfAShipmentOrNothing() throws Exception {
    try (PostgresSink sink = sink()) {
      sink.send(shipment("home", 300));
      server.execute("ALTER TABLE uidnet_hosts ADD CHECK (exported_to < '2026-03-01')  NOT VALID");
      assertThatThrownBy(() -> sink.send(shipment("work", 60))).isInstanceOf(SinkException.class);
      server.execute("ALTER TABLE uidnet_hosts DROP CONSTRAINT uidnet_hosts_exported_to_check");
      assertThat(server.query("SELECT sum(rx_bytes) FROM uidnet_usage"))
          .containsExactly(List.of("300"));
      sink.send(shipment("work", 60));
      assertThat(server.query("SELECT sum(rx_bytes) FROM uidnet_usage"))
          .containsExactly(List.of("360"));
    }
  }

  @Test
  void send_goesOnOverANewConnectionWhenTheServerEndedIt() throws Exception {
    try (PostgresSink sink = sink()) {
      sink.send(shipment("home", 300));
      server.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
              + " 'uidnet'");
      assertThatThrownBy(() -> sink.send(shipment("work", 60))).isInstanceOf(SinkException.class);
      sink.send(shipment("work", 60));
    }
    assertThat(server.query("SELECT count(*) FROM uidnet_usage")).containsExactly(List.of("2"));
  }

  private static String failure(PostgresSink sink) {
    try (sink) {
      SinkException failure =
          catchThrowableOfType(SinkException.class, () -> sink.send(shipment("home", 300)));
      return String.valueOf(failure.getMessage());
    }
  }

  @Test
  void send_saysWhatToDo() throws Exception {
    PostgresTarget target = server.target();
    Path wrong = Files.writeString(directory.resolve("wrong"), "not it");
    assertThat(failure(new PostgresSink(target, Optional.of(wrong))))
        .contains(target.name(), "password authentication failed", "--export-password-file")
        .doesNotContain("not it");
    assertThat(failure(new PostgresSink(target, Optional.of(directory.resolve("missing")))))
        .contains("missing", "cannot read the password");
    PostgresTarget nobody = PostgresTarget.parse("postgresql://uidnet@127.0.0.1:1/postgres");
    assertThat(failure(new PostgresSink(nobody, Optional.of(wrong))))
        .contains("127.0.0.1:1", "see that it runs");
    PostgresTarget elsewhere = PostgresTarget.parse(target.jdbcUrl().substring(5) + "x");
    assertThat(
            failure(
                new PostgresSink(
                    new PostgresTarget(elsewhere.address(), target.user(), ""),
                    Optional.of(server.passwordFile()))))
        .contains("\"postgresx\" does not exist", "createdb");
  }

  @Test
  void send_needsNoMoreThanRightsOnTables() throws Exception {
    try (PostgresSink sink = sink()) {
      sink.send(shipment("home", 300));
    }
    server.execute("DROP ROLE IF EXISTS host");
    server.execute("CREATE ROLE host LOGIN PASSWORD 'a secret'");
    PostgresTarget asHost = new PostgresTarget(server.target().address(), Optional.of("host"), "");
    assertThat(failure(new PostgresSink(asHost, Optional.of(server.passwordFile()))))
        .contains("permission denied", "GRANT");
    server.execute(
        "GRANT SELECT, INSERT, UPDATE ON uidnet_usage, uidnet_blocked, uidnet_hosts TO host");
    try (PostgresSink sink = new PostgresSink(asHost, Optional.of(server.passwordFile()))) {
      sink.send(shipment("work", 60));
    }
    assertThat(server.query("SELECT sum(rx_bytes) FROM uidnet_usage"))
        .containsExactly(List.of("360"));
    server.execute("DROP OWNED BY host");
  }
}
