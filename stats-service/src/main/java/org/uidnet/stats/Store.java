package org.uidnet.stats;

import java.nio.file.Path;
import java.sql.SQLException;
import org.h2.mvstore.MVStoreException;

/** The open database with what memory holds of it, and those who write it. For the writer only. */
record Store(Database database, State state, Writer writer, RollUps rollUps, Exports exports) {

  /** Opens the file; one that is damaged is set aside, and a new one begun. */
  static Store open(Poller.Parts parts) {
    DatabaseErrors.prepare(parts.config());
    try {
      return tryOpen(parts);
    } catch (SQLException | MVStoreException e) {
      return openAnew(parts, e);
    }
  }

  /**
   * The same, or one of which nothing can be used until it is opened again: counting and rules do
   * not wait for a file that another process holds.
   *
   * @throws HistoryException if waiting would not help
   */
  static Store openOrAwait(Poller.Parts parts) {
    try {
      return open(parts);
    } catch (HistoryUnavailableException e) {
      parts.problems().raise(Poller.SNAPSHOT, Poller.NOT_STORED, e);
      return of(
          Database.unavailable(parts.config()), State.unknown(parts.datapath().control()), parts);
    }
  }

  private static Store openAnew(Poller.Parts parts, Exception error) {
    Path file = parts.config().file();
    if (!DatabaseErrors.isCorrupt(error)) {
      throw DatabaseErrors.cannotOpen(file, error);
    }
    Path aside = DatabaseErrors.setAside(file, parts.clock().instant());
    parts
        .problems()
        .raise(
            "corrupt", "history " + file + " was damaged: set aside as " + aside + ", began anew");
    try {
      return tryOpen(parts);
    } catch (SQLException e) {
      throw DatabaseErrors.cannotOpen(file, e);
    }
  }

  private static Store tryOpen(Poller.Parts parts) throws SQLException {
    DatabaseErrors.refuseIfEmptied(parts.config().file());
    Database database = Database.open(parts.config());
    boolean done = false;
    try {
      Schema.prepare(database, parts.config().file().toString());
      Store store = load(database, parts);
      done = true;
      return store;
    } finally {
      if (!done) {
        database.abandon();
      }
    }
  }

  /** Reads everything again, as after a transaction whose outcome is not known. */
  static Store load(Database database, Poller.Parts parts) throws SQLException {
    State state = new Loader(database.writer()).load(parts.host(), parts.datapath().control());
    database.writer().rollback();
    return of(database, state, parts);
  }

  private static Store of(Database database, State state, Poller.Parts parts) {
    return new Store(
        database,
        state,
        new Writer(database, parts.config()),
        new RollUps(database, parts.config(), parts.steps(), parts.works()),
        new Exports(database));
  }

  Store with(State next) {
    return new Store(database, next, writer, rollUps, exports);
  }
}
