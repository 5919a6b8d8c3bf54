package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import org.uidnet.api.client.ApiRequest;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every change of the firewall takes, and how its outcome is told. */
final class ChangeOptions {
  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--confirm",
      paramLabel = "TIME",
      description =
          "Undo the change unless it is confirmed in that time, such as 60s: uidnet confirm ID.")
  private Optional<String> confirm;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  DaemonClient daemon(Context context) {
    return daemonOption.daemon(context);
  }

  DaemonOption daemonOption() {
    return daemonOption;
  }

  JsonNode send(DaemonClient daemon, ApiRequest<?> request) throws IOException {
    return daemon.ask(confirm.<ApiRequest<?>>map(request::confirmedWithin).orElse(request));
  }

  /** One change from question to exit code. */
  int make(Context context, ApiRequest<?> request, String done, String already) throws IOException {
    DaemonClient daemon = daemon(context);
    JsonNode answer = send(daemon, request);
    tell(context, answer, done, already);
    daemon.noteHealth();
    return ExitCode.OK;
  }

  void tell(Context context, JsonNode answer, String done, String already) {
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      context.out().println(sentence(answer, done, already));
      tellPending(context, answer.path("pending"));
    }
    context.out().flush();
    answer
        .path("problems")
        .forEach(problem -> context.note("not enforced yet: " + Text.plain(problem.asText())));
  }

  private static String sentence(JsonNode answer, String done, String already) {
    if (!answer.path("changed").asBoolean()) {
      return already;
    }
    int ended = answer.path("destroyedSockets").asInt();
    return switch (ended) {
      case 0 -> done;
      case 1 -> done + "; 1 connection was ended";
      default -> done + "; " + ended + " connections were ended";
    };
  }

  private void tellPending(Context context, JsonNode pending) {
    if (pending.isObject()) {
      LocalTimes times = new LocalTimes(context.clock().getZone());
      context
          .out()
          .printf(
              "it is undone at %s unless you run: uidnet confirm %s%s%n",
              times.second(pending.path("undoneAt").asText()),
              Text.plain(pending.path("id").asText()),
              daemonOption.words());
    }
  }
}
