package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Function;
import org.uidnet.api.client.EventReader;

/** Prints events of a daemon as they come, one a line, until Ctrl-C or until there were enough. */
final class LiveEvents {
  private final Context context;
  private final Function<JsonNode, String> line;

  /**
   * Nothing is printed yet.
   *
   * @param line what an event looks like
   */
  LiveEvents(Context context, Function<JsonNode, String> line) {
    this.context = context;
    this.line = line;
  }

  /**
   * Prints them, and tells of gaps beside them.
   *
   * @param most how many; 0: until stopped
   * @throws CommandException if the daemon ends first
   */
  void show(EventReader events, long most) throws IOException {
    Thread onSignal = new Thread(this::endBySignal, "uidnet-stop");
    Runtime.getRuntime().addShutdownHook(onSignal);
    try {
      print(events, most == 0 ? Long.MAX_VALUE : most);
    } finally {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    }
  }

  /** The connection ends with this process, and with it what the daemon does for us. */
  private void endBySignal() {
    context.out().flush();
    Runtime.getRuntime().halt(ExitCode.OK); // Java would answer 128 + the signal's number
  }

  private void print(EventReader events, long most) throws IOException {
    long left = most;
    while (left > 0 && !context.out().checkError()) { // nobody reads us any more
      JsonNode event = next(events);
      if (event.path("event").asText().equals("gap")) {
        context.note(gap(event));
      } else {
        context.out().println(line.apply(event));
        left--;
      }
    }
  }

  private static JsonNode next(EventReader events) throws IOException {
    return events
        .next()
        .orElseThrow(
            () -> new CommandException(ExitCode.FAILED, "the daemon has ended: no more events"));
  }

  private static String gap(JsonNode event) {
    String count = event.path("count").asText("some");
    return switch (event.path("cause").asText()) {
      case "SLOW_CLIENT" -> count + " events are missing here: they came faster than we print";
      case "KERNEL_BUFFER_FULL" ->
          count + " packets are missing here, of all traces together: take one of so many, --every";
      default -> count + " events are missing here";
    };
  }
}
