package org.uidnet.stats;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Asks the store how large its tables are; it knows without reading them. */
final class TableSizes {
  private TableSizes() {}

  static List<Usage.TableSize> read(Connection connection) throws SQLException {
    List<Usage.TableSize> sizes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(Sql.TABLE_SIZES)) {
      while (tables.next()) {
        String name = tables.getString(1).toLowerCase(Locale.ROOT);
        sizes.add(new Usage.TableSize(name, tables.getLong(2)));
      }
    }
    return sizes;
  }
}
