package org.uidnet.firewall;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** The open file of the policy: one connection, for whoever holds the firewall's lock. */
final class PolicyDatabase implements AutoCloseable {
  /** Number of the last file in {@link #MIGRATIONS}. */
  static final int VERSION = 5;

  private static final String MIGRATIONS = "classpath:org/uidnet/firewall/migration";
  private static final String HISTORY = "flyway_schema_history";

  /** WRITE_DELAY=0: in trials with kill -9 the default lost commits and this did not. */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;TRACE_LEVEL_FILE=0";

  /** A file without tables is three blocks; it was being made when we were killed. */
  private static final long SMALLEST_WITH_TABLES = 5 * 4096;

  private final Path directory;
  private final Connection connection;

  /**
   * Of statements without a varying part, each prepared once: parsing takes longer than running.
   */
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private PolicyDatabase(Path directory, Connection connection) {
    this.directory = directory;
    this.connection = connection;
  }

  /**
   * Opens or creates the file. A damaged one is left as it is: who made an empty policy of it would
   * open the network.
   */
  static PolicyDatabase open(FirewallConfig config)
      throws SQLException, IOException, MVStoreException {
    Files.createDirectories(config.directory());
    refuseIfEmptied(config.file());
    JdbcDataSource source = new JdbcDataSource();
    String path = config.fileWithoutSuffix().toAbsolutePath().toString().replace(";", "\\;");
    source.setURL("jdbc:h2:file:" + path + SETTINGS);
    source.setUser("");
    source.setPassword("");
    PolicyDatabase database = new PolicyDatabase(config.directory(), source.getConnection());
    boolean done = false;
    try {
      Files.setPosixFilePermissions(config.file(), PosixFilePermissions.fromString("rw-------"));
      database.connection.setAutoCommit(false);
      database.migrate(source);
      done = true;
      return database;
    } finally {
      if (!done) {
        database.abandon();
      }
    }
  }

  /**
   * Where H2 finds no intact chunk behind an intact header it begins an empty database, over the
   * damaged one. So look before it may write.
   */
  private static void refuseIfEmptied(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) < SMALLEST_WITH_TABLES) {
      return;
    }
    try (MVStore store = new MVStore.Builder().fileName(file.toString()).readOnly().open()) {
      if (store.getMapNames().isEmpty()) {
        throw new IOException("it has no intact chunk");
      }
    }
  }

  /** Flyway is asked only where there is something to change: loading it takes half a second. */
  private void migrate(JdbcDataSource source) throws SQLException {
    int version = version();
    connection.rollback();
    if (version > VERSION) {
      throw new SQLException(
          "it has schema %d, made by a newer uidnet; this one knows up to %d"
              .formatted(version, VERSION));
    }
    if (version < VERSION) {
      Flyway.configure().dataSource(source).locations(MIGRATIONS).loggers("slf4j").load().migrate();
    }
  }

  private int version() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet tables = metaData.getTables(null, null, HISTORY, null)) {
      if (!tables.next()) {
        return 0;
      }
    }
    return query(
            "SELECT MAX(CAST(\"version\" AS INT)) FROM \"" + HISTORY + "\" WHERE \"success\"",
            row -> row.getInt(1))
        .get(0);
  }

  /** As of the last commit. */
  DatabaseCopy copy() throws SQLException, IOException {
    return DatabaseCopy.of(connection, directory);
  }

  /** What to make of a row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> query(String sql, RowReader<T> reader, Object... parameters) throws SQLException {
    List<T> answer = new ArrayList<>();
    try (ResultSet rows = prepare(sql, parameters).executeQuery()) {
      while (rows.next()) {
        answer.add(reader.read(rows));
      }
    }
    return answer;
  }

  /** Part of a transaction; answers how many rows it concerned. */
  int execute(String sql, Object... parameters) throws SQLException {
    return prepare(sql, parameters).executeUpdate();
  }

  /** The same statement for many rows. */
  void executeAll(String sql, List<Object[]> rows) throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = prepare(sql);
    for (Object[] row : rows) {
      set(statement, row);
      statement.addBatch();
    }
    statement.executeBatch();
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    set(statement, parameters);
    return statement;
  }

  private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
  }

  void commit() throws SQLException {
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Closes without storing anything more, as a crash would. */
  void abandon() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      // It is closed already.
    }
  }
}
