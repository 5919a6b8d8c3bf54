package org.uidnet.netd.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.util.List;
import org.uidnet.api.CsvText;

/** Rows of usage for {@code --csv}: a line of names, then exact figures (RFC 4180). */
final class CsvOutput {
  private static final List<String> COLUMNS =
      List.of(
          "start",
          "end",
          "kind",
          "uid",
          "name",
          "set",
          "tag",
          "iface",
          "network",
          "type",
          "metered",
          "roaming",
          "default",
          "netns",
          "day",
          "inner",
          "rxBytes",
          "rxPackets",
          "txBytes",
          "txPackets",
          "operations");

  private static final List<String> AMOUNTS =
      List.of("rxBytes", "rxPackets", "txBytes", "txPackets");

  private CsvOutput() {}

  /** Columns are amounts, and what else any row has. */
  static String rows(JsonNode rows) {
    try {
      return new CsvMapper().writer(schema(rows)).writeValueAsString(guarded(rows));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written as CSV", e);
    }
  }

  private static CsvSchema schema(JsonNode rows) {
    CsvSchema.Builder schema = CsvSchema.builder().setUseHeader(true);
    COLUMNS.stream()
        .filter(column -> AMOUNTS.contains(column) || isUsed(rows, column))
        .forEach(schema::addColumn);
    return schema.build();
  }

  private static boolean isUsed(JsonNode rows, String column) {
    for (JsonNode row : rows) {
      if (row.has(column)) {
        return true;
      }
    }
    return false;
  }

  private static ArrayNode guarded(JsonNode rows) {
    ArrayNode guarded = JsonNodeFactory.instance.arrayNode();
    rows.forEach(row -> guarded.add(guardedRow(row)));
    return guarded;
  }

  private static ObjectNode guardedRow(JsonNode row) {
    ObjectNode cells = JsonNodeFactory.instance.objectNode();
    for (String column : COLUMNS) {
      JsonNode cell = row.path(column);
      if (cell.isTextual()) {
        cells.put(column, CsvText.guard(cell.asText()));
      } else if (!cell.isMissingNode()) {
        cells.set(column, cell);
      }
    }
    return cells;
  }
}
