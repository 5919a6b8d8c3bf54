package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    header = "How the daemon is, and how far its long work is.",
    description = {
      "",
      "Its history, its last snapshot, its counters; and a line for each thing that takes long:"
          + " vacuums, exports, imports, roll-ups of a long absence, deletion of what is no longer"
          + " kept. --json tells also programs, maps, rules and costs.",
      ""
    },
    footer = {"", "Examples:", "  uidnet status", "  uidnet status --json"})
final class StatusCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  StatusCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode status = daemon.ask(ApiRequest.status());
    if (json) {
      context.out().println(JsonOutput.pretty(status));
    } else {
      new StatusText(context, daemon.now()).lines(status).forEach(context.out()::println);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }
}
