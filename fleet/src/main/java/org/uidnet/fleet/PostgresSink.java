package org.uidnet.fleet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores shipments in a database, each in one transaction. One thread sends, any may close. */
final class PostgresSink implements Sink {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresSink.class);
  private static final String SCHEMA = "schema.sql";

  private final PostgresTarget target;
  private final Optional<Path> passwordFile;
  private volatile @Nullable Connection connection;

  PostgresSink(PostgresTarget target, Optional<Path> passwordFile) {
    this.target = target;
    this.passwordFile = passwordFile;
  }

  @Override
  public void send(Shipment shipment) throws SinkException {
    boolean done = false;
    try {
      store(connected(), shipment);
      done = true;
    } catch (SQLException e) {
      throw PostgresErrors.cannotStore(target, e);
    } finally {
      if (!done) {
        close(); // what became of the transaction is not known
      }
    }
  }

  private static void store(Connection connection, Shipment shipment) throws SQLException {
    try {
      PostgresRows.store(connection, shipment);
    } catch (SQLException e) {
      if (!PostgresErrors.isUndefinedTable(e)) {
        throw e;
      }
      connection.rollback();
      makeTables(connection);
      PostgresRows.store(connection, shipment);
    }
    connection.commit();
  }

  /** Where two hosts do so at the same moment one of them fails, and finds them the next time. */
  private static void makeTables(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : schema().replaceAll("--.*", "").split(";", -1)) {
        if (!each.isBlank()) {
          statement.execute(each);
        }
      }
    }
    connection.commit();
  }

  private static String schema() {
    try (InputStream schema = PostgresSink.class.getResourceAsStream(SCHEMA)) {
      if (schema == null) {
        throw new IOException(SCHEMA + " is not in this build");
      }
      return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Connection connected() throws SQLException, SinkException {
    Connection known = connection;
    if (known != null) {
      return known;
    }
    Connection fresh = DriverManager.getConnection(target.jdbcUrl(), properties());
    connection = fresh;
    fresh.setAutoCommit(false);
    return fresh;
  }

  /** Many rows become one statement; whoever does not answer is gone after a minute. */
  private Properties properties() throws SinkException {
    Properties properties = new Properties();
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("gssEncMode", "disable"); // the package's Java has no Kerberos
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "uidnet");
    target.user().ifPresent(user -> properties.setProperty("user", user));
    if (passwordFile.isPresent()) {
      properties.setProperty("password", password(passwordFile.get()));
    }
    return properties;
  }

  /** Read each time: it may have been changed. */
  private static String password(Path file) throws SinkException {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new SinkException(
          "cannot read the password in %s (%s): the daemon's user must be able to; see --export-password-file"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    Connection known = connection;
    connection = null;
    if (known != null) {
      try {
        known.close();
      } catch (SQLException e) {
        LOG.debug("the connection to {} ended badly", target.name(), e);
      }
    }
  }
}
