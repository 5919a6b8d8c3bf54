package org.uidnet.fleet;

import java.sql.SQLException;
import java.util.List;

/** What an error of the database means for the operator. */
final class PostgresErrors {
  /** Tables are not there yet. */
  static final String UNDEFINED_TABLE = "42P01";

  private static final String OTHERWISE =
      "see the log of the database; it is tried again until it works";

  /** The first whose beginning fits. */
  private static final List<Remedy> REMEDIES =
      List.of(
          new Remedy("08", "see that it runs, and is reached from this host"),
          new Remedy(
              "28", "see --export-password-file, the user in --export-postgres, and pg_hba.conf"),
          new Remedy("3D000", "make the database: createdb"),
          new Remedy("3F000", "make the schema, or name another by ?currentSchema="),
          new Remedy(
              "42501",
              "GRANT the user INSERT, SELECT and UPDATE on uidnet_* or CREATE on the schema"),
          new Remedy("25006", "it takes no writes; add ?targetServerType=primary"),
          new Remedy("53100", "its disk is full"),
          new Remedy("53300", "raise max_connections, or put a pooler before it"),
          new Remedy("57P", "it is being stopped or started"),
          new Remedy("40", "another transaction was in the way"),
          new Remedy("42", "its tables are not those of this version: see docs/fleet.md"));

  private record Remedy(String state, String text) {}

  private PostgresErrors() {}

  static SinkException cannotStore(PostgresTarget target, SQLException error) {
    return new SinkException(
        "cannot store history in %s: %s; %s".formatted(target.name(), reason(error), remedy(error)),
        error);
  }

  /** What the server said, without the batch's statement, and the first line of it. */
  private static String reason(SQLException error) {
    SQLException said = error.getNextException() == null ? error : error.getNextException();
    String message = String.valueOf(said.getMessage()).lines().findFirst().orElse("");
    return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
  }

  private static String remedy(SQLException error) {
    String state = String.valueOf(error.getSQLState());
    return REMEDIES.stream()
        .filter(remedy -> state.startsWith(remedy.state()))
        .map(Remedy::text)
        .findFirst()
        .orElse(OTHERWISE);
  }

  static boolean isUndefinedTable(SQLException error) {
    return UNDEFINED_TABLE.equals(error.getSQLState());
  }
}
