package org.uidnet.stats;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;

/**
 * The tables' version. Flyway makes the changes, but is asked only when there is one to make:
 * loading it takes half a second of a start that may take one.
 */
final class Schema {
  /** Number of the last file in {@link #LOCATION}. */
  static final int VERSION = 8;

  static final String LOCATION = "classpath:org/uidnet/stats/migration";
  private static final String HISTORY = "flyway_schema_history";

  private Schema() {}

  static void prepare(Database database, String file) throws SQLException {
    int version = version(database.writer());
    database.writer().rollback();
    if (version > VERSION) {
      throw new HistoryException(
          "history "
              + file
              + " has schema "
              + version
              + ", made by a newer uidnet; this one knows"
              + " up to "
              + VERSION
              + " and leaves it untouched: use the newer one, or choose another"
              + " --state-dir");
    }
    if (version < VERSION) {
      Flyway.configure()
          .dataSource(database.source())
          .locations(LOCATION)
          .loggers("slf4j")
          .load()
          .migrate();
    }
  }

  /** 0: there are no tables yet. */
  static int version(Connection connection) throws SQLException {
    if (!hasHistory(connection)) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT MAX(CAST(\"version\" AS INT)) FROM \""
                    + HISTORY
                    + "\" WHERE \"success\"")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static boolean hasHistory(Connection connection) throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet tables = metaData.getTables(null, null, HISTORY, null)) {
      return tables.next();
    }
  }
}
