package org.uidnet.stats;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.uidnet.stats.ExportProgress.Lost;
import org.uidnet.stats.Tiers.Span;

/** The queue of a sink: the history, and a cursor in it that is stored beside. */
final class StoredQueue implements ExportQueue {
  private final String sink;
  private final Poller poller;
  private final History history;

  StoredQueue(String sink, Poller poller, History history) {
    this.sink = sink;
    this.poller = poller;
    this.history = history;
  }

  /** Asks the store; no rows go meanwhile that the state says are used. */
  @FunctionalInterface
  interface History {
    <T> T ask(Question<T> question);
  }

  /** A question to the store, and what memory holds of it. */
  @FunctionalInterface
  interface Question<T> {
    T ask(Connection connection, State state) throws SQLException;
  }

  @Override
  public Optional<ExportBatch> next(int rows) {
    Span waiting = poller.handOut(sink);
    return waiting.start() < waiting.end()
        ? history.ask((connection, state) -> read(connection, state, waiting, rows))
        : Optional.empty();
  }

  /** Empty if the first of it went just now: asked again, it is lost. */
  private static Optional<ExportBatch> read(
      Connection connection, State state, Span waiting, int rows) throws SQLException {
    return state.tiers().floor(Resolution.FIVE_MINUTES) <= waiting.start()
        ? Optional.of(new ExportReader(connection, state.books()).read(waiting, rows))
        : Optional.empty();
  }

  @Override
  public void sent(ExportBatch batch) {
    poller.sent(sink, Tick.of(batch.to().toEpochMilli()));
  }

  @Override
  public ExportProgress progress() {
    return history.ask(
        (connection, state) -> {
          int complete = Tick.of(state.epoch().asOf());
          ExportCursor cursor =
              Exports.find(connection, sink).orElseGet(() -> ExportCursor.at(complete));
          return new ExportProgress(
              Tick.instant(cursor.next()),
              Tick.instant(Math.max(complete, cursor.next())),
              cursor
                  .lost()
                  .map(lost -> new Lost(Tick.instant(lost.start()), Tick.instant(lost.end()))));
        });
  }
}
