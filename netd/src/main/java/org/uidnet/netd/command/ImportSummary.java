package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.uidnet.netd.command.Table.Column;

/** What became of all recordings of an import. Not thread-safe. */
final class ImportSummary {
  private final Map<String, Sum> recorders = new TreeMap<>();
  private final Map<String, Integer> outcomes = new TreeMap<>();

  /** What the files of one recorder hold together. */
  private record Sum(int files, long buckets, long rxBytes, long txBytes) {
    static Sum of(JsonNode recording) {
      return new Sum(
          1,
          recording.path("buckets").asLong(),
          recording.path("rxBytes").asLong(),
          recording.path("txBytes").asLong());
    }

    Sum plus(Sum other) {
      return new Sum(
          files + other.files,
          buckets + other.buckets,
          rxBytes + other.rxBytes,
          txBytes + other.txBytes);
    }

    List<String> cells(String recorder) {
      return List.of(
          recorder,
          Integer.toString(files),
          Long.toString(buckets),
          Units.IEC.amount(rxBytes),
          Units.IEC.amount(txBytes));
    }
  }

  /** Takes the daemon's answer. */
  void stored(JsonNode answer) {
    outcomes.merge(answer.path("outcome").asText().toLowerCase(Locale.ROOT), 1, Integer::sum);
    JsonNode recording = answer.path("recording");
    recorders.merge(recording.path("recorder").asText(), Sum.of(recording), Sum::plus);
  }

  void refused() {
    outcomes.merge("refused", 1, Integer::sum);
  }

  boolean isWhole() {
    return !outcomes.containsKey("refused");
  }

  List<String> lines(Style style) {
    Table table =
        new Table(
            style,
            List.of(
                Column.text("RECORDER"),
                Column.figure("FILES"),
                Column.figure("BUCKETS"),
                Column.figure("RECEIVED"),
                Column.figure("SENT")));
    recorders.forEach((recorder, sum) -> table.row(sum.cells(recorder)));
    List<String> lines = new ArrayList<>(recorders.isEmpty() ? List.of() : table.lines());
    lines.add(outcomes());
    return lines;
  }

  private String outcomes() {
    return outcomes.isEmpty()
        ? "there are no recordings"
        : String.join(
            ", ",
            outcomes.entrySet().stream()
                .map(entry -> entry.getValue() + " " + Text.plain(entry.getKey()))
                .toList());
  }
}
