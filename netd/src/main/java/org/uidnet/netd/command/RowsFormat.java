package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** How rows of usage are shown: by default as a table. */
final class RowsFormat {
  @ArgGroup private Choice choice = new Choice();

  private static final class Choice {
    @Option(names = "--json", description = "Print the daemon's answer as JSON.")
    private boolean json;

    @Option(names = "--csv", description = "Print the rows as CSV, with exact bytes.")
    private boolean csv;
  }

  /**
   * Shows an answer.
   *
   * @param rows name of their field
   */
  void show(JsonNode answer, String rows, PrintWriter out, Consumer<JsonNode> table) {
    if (choice.json) {
      out.println(JsonOutput.pretty(answer));
    } else if (choice.csv) {
      out.print(CsvOutput.rows(answer.path(rows)));
    } else {
      table.accept(answer);
    }
    out.flush();
  }
}
