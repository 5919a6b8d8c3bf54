package org.uidnet.stats;

import java.sql.SQLException;

/** Closes a database that this process left open, without storing anything. */
final class Abandoned {
  private Abandoned() {}

  static void shutDown(StatsConfig config) {
    try {
      Database.open(config).abandon();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
