package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@code status} tells a person, by the clock of the daemon's host. */
final class StatusText {
  private static final int NAME_COLUMNS = 10;
  private static final int PERCENT = 100;

  private final LocalTimes times;
  private final Instant now;

  StatusText(Context context, Instant now) {
    times = new LocalTimes(context.clock().getZone());
    this.now = now;
  }

  List<String> lines(JsonNode status) {
    List<String> lines = new ArrayList<>();
    lines.add(line("daemon", daemon(status)));
    status
        .path("databases")
        .forEach(file -> lines.add(line(file.path("name").asText(), file(file))));
    lines.add(line("snapshot", snapshot(status.path("poll"))));
    lines.add(line("counters", counters(status.path("slots"))));
    status.path("exports").forEach(export -> lines.add(line("export", export(export))));
    status.path("work").forEach(work -> lines.add(line("work", work(work))));
    return lines;
  }

  private static String line(String name, String text) {
    return Text.padRight(name, NAME_COLUMNS) + Text.plain(text);
  }

  private String daemon(JsonNode status) {
    return "%s on the %s, since %s"
        .formatted(
            status.path("version").asText(),
            status.path("backend").asText(),
            times.second(status.path("startTime").asText()));
  }

  private static String file(JsonNode file) {
    return file.path("file").asText() + ", " + Units.IEC.amount(file.path("bytes").asLong());
  }

  private String snapshot(JsonNode poll) {
    return "%s, took %d ms, one every %d s"
        .formatted(
            times.second(poll.path("last").asText()),
            Duration.ofNanos(poll.path("lastMicros").asLong() * 1000).toMillis(),
            Duration.ofMillis(poll.path("intervalMillis").asLong()).toSeconds());
  }

  private static String counters(JsonNode slots) {
    return "%d of %d in use, history knows %d keys"
        .formatted(
            slots.path("live").asLong(), slots.path("max").asLong(), slots.path("series").asLong());
  }

  private String export(JsonNode export) {
    String to = export.path("exportedTo").asText();
    return export.path("sink").asText()
        + (to.isEmpty() ? " was not asked yet" : " has all until " + times.second(to))
        + ", %d buckets wait".formatted(export.path("waitingBuckets").asLong())
        + lost(export.path("lost"))
        + trouble(export.path("trouble"));
  }

  private String lost(JsonNode lost) {
    return lost.isMissingNode()
        ? ""
        : "; never got %s to %s"
            .formatted(
                times.second(lost.path("from").asText()), times.second(lost.path("to").asText()));
  }

  private static String trouble(JsonNode trouble) {
    return trouble.isMissingNode() ? "" : "; " + trouble.asText();
  }

  private String work(JsonNode work) {
    String kind = work.path("kind").asText().toLowerCase(Locale.ROOT).replace('_', '-');
    long done = work.path("done").asLong();
    long total = work.path("total").asLong();
    return total == 0
        ? "%s: %d".formatted(kind, done)
        : "%s: %d %%, %d of %d%s"
            .formatted(
                kind, PERCENT * done / total, done, total, end(work.path("remainingMillis")));
  }

  /** When it is over at the pace so far, if that can be told. */
  private String end(JsonNode remaining) {
    if (remaining.isMissingNode()) {
      return "";
    }
    Duration left = Duration.ofMillis(remaining.asLong());
    return ", %d s left, until %s"
        .formatted(left.toSeconds(), times.second(now.plus(left).toString()));
  }
}
