package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "confirm",
    mixinStandardHelpOptions = true,
    header = "Keep a change that was made with --confirm.",
    description = {"", "Without ID it shows the changes that wait.", ""},
    footer = {"", "Examples:", "  uidnet confirm", "  uidnet confirm 7f3a"})
final class ConfirmCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Parameters(arity = "0..1", paramLabel = "ID", description = "As the change printed it.")
  private Optional<String> id;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  ConfirmCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer =
        daemon.ask(id.<ApiRequest<?>>map(ApiRequest::confirm).orElse(ApiRequest.pending()));
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      show(answer);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private void show(JsonNode answer) {
    if (id.isPresent()) {
      context.out().println("the change stays");
    } else if (answer.path("pending").isEmpty()) {
      context.out().println("No change waits for a confirmation.");
    } else {
      table(answer.path("pending")).lines().forEach(context.out()::println);
    }
  }

  private Table table(JsonNode pending) {
    LocalTimes times = new LocalTimes(context.clock().getZone());
    Table table =
        new Table(
            context.style(),
            List.of(Column.text("ID"), Column.text("CHANGE"), Column.text("UNDONE AT")));
    pending.forEach(
        change ->
            table.row(
                List.of(
                    change.path("id").asText(),
                    change.path("what").asText(),
                    times.second(change.path("undoneAt").asText()))));
    return table;
  }
}
