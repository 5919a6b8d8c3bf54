package org.uidnet.api;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that bring no whole request in time, however busily they bring parts of one:
 * Jetty's own time limits begin anew with each byte. Thread-safe.
 */
final class Patience implements Connection.Listener {
  private final Supplier<Scheduler> scheduler;
  private final Duration limit;

  /** What closes those that are waited for. */
  private final Map<Connection, Scheduler.Task> closers = new ConcurrentHashMap<>();

  Patience(Supplier<Scheduler> scheduler, Duration limit) {
    this.scheduler = scheduler;
    this.limit = limit;
  }

  @Override
  public void onOpened(Connection connection) {
    await(connection);
  }

  /** A request is there; the next may come when it is answered. */
  void began(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    onClosed(connection);
    Request.addCompletionListener(request, failure -> await(connection));
  }

  @Override
  public void onClosed(Connection connection) {
    Scheduler.Task closer = closers.remove(connection);
    if (closer != null) {
      closer.cancel();
    }
  }

  /** Of a connection that has been closed meanwhile nothing is left when the time is over. */
  private void await(Connection connection) {
    closers.put(connection, scheduler.get().schedule(() -> close(connection), limit));
  }

  private void close(Connection connection) {
    closers.remove(connection);
    connection.getEndPoint().close();
  }
}
