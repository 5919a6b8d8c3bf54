package org.uidnet.stats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.mvstore.MVStore;

/**
 * The open H2 file: one connection for the writer, a few for queries. Thread-safe, except that the
 * writer's connection belongs to whoever holds the writer's lock.
 */
final class Database implements AutoCloseable {
  /**
   * WRITE_DELAY=0: in trials with kill -9 the default lost commits and this did not.
   * FORCE_JOIN_ORDER: look-ups drive the only joins there are. LAZY_QUERY_EXECUTION: a scan of a
   * year is read row by row and not gathered in memory first. QUERY_CACHE_SIZE: a question asks
   * more statements than the eight that are kept parsed by default, and so parsed each of them
   * anew.
   */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=8192;TRACE_LEVEL_FILE=0"
          + ";LAZY_QUERY_EXECUTION=TRUE;OPTIMIZE_REUSE_RESULTS=FALSE;QUERY_CACHE_SIZE=32";

  private final Path file;
  private final Path directory;
  private final JdbcDataSource source;
  private final Connection writer;
  private final Readers readers;

  private Database(StatsConfig config, JdbcDataSource source, Connection writer) {
    file = config.file();
    directory = config.directory();
    this.source = source;
    this.writer = writer;
    readers = new Readers(source);
  }

  /** Opens or creates the file; the directory exists. */
  static Database open(StatsConfig config) throws SQLException {
    JdbcDataSource source = new JdbcDataSource();
    String path = config.fileWithoutSuffix().toAbsolutePath().toString().replace(";", "\\;");
    source.setURL("jdbc:h2:file:" + path + SETTINGS);
    source.setUser("");
    source.setPassword("");
    Connection writer = source.getConnection();
    Database database = new Database(config, source, writer);
    try {
      keepToOwner(config.file());
      writer.setAutoCommit(false);
      return database;
    } catch (SQLException | RuntimeException e) {
      database.abandon();
      throw e;
    }
  }

  /** In the place of a file that cannot be opened now: whatever is asked of it fails. */
  static Database unavailable(StatsConfig config) {
    JdbcDataSource nothing = new JdbcDataSource();
    nothing.setURL("jdbc:h2:mem:");
    try (Connection closed = nothing.getConnection()) {
      Database database = new Database(config, nothing, closed);
      database.readers.close();
      return database;
    } catch (SQLException e) {
      throw new HistoryException("cannot begin without history " + config.file(), e);
    }
  }

  boolean isOpen() {
    try {
      return !writer.isClosed();
    } catch (SQLException e) {
      return false;
    }
  }

  /** Who used what is nobody else's business. */
  private static void keepToOwner(Path file) {
    try {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | UnsupportedOperationException e) {
      throw new HistoryException(
          "cannot keep history "
              + file
              + " to its owner ("
              + e.getMessage()
              + "): it belongs to another user; give it to the one that uidnet runs as, or choose"
              + " another --state-dir",
          e);
    }
  }

  JdbcDataSource source() {
    return source;
  }

  Connection writer() {
    return writer;
  }

  /**
   * How much of the file is in use, in percent; the rest is of rows that were replaced or deleted.
   */
  int usedPercent() throws SQLException {
    MVStore store = mvStore();
    return store.getFillRate() * store.getFileStore().getChunksFillRate() / 100;
  }

  /** What lies below the tables. */
  MVStore mvStore() throws SQLException {
    JdbcConnection connection = writer.unwrap(JdbcConnection.class);
    return ((SessionLocal) connection.getSession()).getDatabase().getStore().getMvStore();
  }

  long bytes() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** A question to the store. */
  @FunctionalInterface
  interface Query<T> {
    T ask(Connection connection) throws SQLException;
  }

  /** Asks on one snapshot of the store: commits made meanwhile are not seen. */
  <T> T read(Query<T> query) {
    try {
      return readers.ask(query);
    } catch (SQLException e) {
      throw new HistoryException("cannot read " + file + ": " + Problems.rootMessage(e), e);
    }
  }

  /** On a connection of its own, so that nothing waits for it. */
  DatabaseCopy copy() {
    try (Connection connection = readers.open()) {
      return DatabaseCopy.of(connection, directory);
    } catch (SQLException | IOException e) {
      throw new HistoryException(
          "cannot copy "
              + file
              + ": "
              + Problems.rootMessage(e)
              + "; see that the disk has room for a second one",
          e);
    }
  }

  /** Makes the last changes lasting, or undoes them. */
  @FunctionalInterface
  interface Change {
    void make(Connection connection) throws SQLException;
  }

  /** One transaction of the writer. */
  void write(Change change) throws SQLException {
    boolean done = false;
    try {
      change.make(writer);
      writer.commit();
      done = true;
    } finally {
      if (!done) {
        rollback();
      }
    }
  }

  private void rollback() {
    try {
      writer.rollback();
    } catch (SQLException e) {
      // The failure that brought us here is the one to tell; a broken connection is replaced.
      abandon();
    }
  }

  @Override
  public void close() throws SQLException {
    readers.close();
    writer.close();
  }

  /** Closes without storing anything more, as a crash would. */
  void abandon() {
    try (writer;
        Statement statement = writer.createStatement()) {
      statement.execute("SHUTDOWN IMMEDIATELY");
    } catch (SQLException e) {
      // It is closed already.
    }
    readers.close();
  }
}
