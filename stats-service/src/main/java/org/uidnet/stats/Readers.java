package org.uidnet.stats;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.uidnet.stats.Database.Query;

/**
 * Connections for questions, kept open with the statements that they have parsed. H2's own pool
 * rolls each connection back, at which a session forgets all of them: a tenth of the time of a
 * question. Thread-safe.
 */
final class Readers implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final long PATIENCE_SECONDS = 30;

  private final DataSource source;
  private final Semaphore places = new Semaphore(CONNECTIONS, true);
  private final ConcurrentLinkedDeque<Connection> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  Readers(DataSource source) {
    this.source = source;
  }

  /** Asks on one snapshot of the store: commits made meanwhile are not seen. */
  <T> T ask(Query<T> query) throws SQLException {
    takePlace();
    try {
      return ask(query, connection());
    } finally {
      places.release();
    }
  }

  private void takePlace() throws SQLException {
    try {
      if (places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new SQLTimeoutException(
        "other questions took longer than %d s; ask again later".formatted(PATIENCE_SECONDS));
  }

  private Connection connection() throws SQLException {
    Connection kept = idle.pollFirst();
    return kept == null ? open() : kept;
  }

  /** One that the caller closes; refused once the store is closed, which would be opened anew. */
  Connection open() throws SQLException {
    if (closed) {
      throw new SQLException("the store was closed");
    }
    Connection connection = source.getConnection();
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    return connection;
  }

  private <T> T ask(Query<T> query, Connection connection) throws SQLException {
    boolean answered = false;
    try {
      T answer = query.ask(connection);
      connection.commit();
      answered = true;
      return answer;
    } finally {
      giveBack(connection, answered);
    }
  }

  /** One that failed is not asked again. */
  private void giveBack(Connection connection, boolean answered) {
    if (answered) {
      idle.addFirst(connection);
    } else {
      close(connection);
    }
    if (closed) {
      closeIdle();
    }
  }

  /** Connections in use are closed after their questions. */
  @Override
  public void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    for (Connection connection = idle.poll(); connection != null; connection = idle.poll()) {
      close(connection);
    }
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // The store was closed beneath it.
    }
  }
}
