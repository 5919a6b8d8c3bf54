package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "vacuum",
    mixinStandardHelpOptions = true,
    header = "Give space back that history no longer needs.",
    description = {
      "",
      "Snapshots and questions wait for some seconds; the kernel counts on. What is deleted leaves"
          + " room in the file that is used again anyway; this makes the file smaller.",
      ""
    },
    footer = {"", "Examples:", "  uidnet vacuum"})
final class VacuumCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  VacuumCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    show(daemon.ask(ApiRequest.vacuum()));
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private void show(JsonNode answer) {
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      context
          .out()
          .printf(
              "history had %s, has %s%n",
              Units.IEC.amount(answer.path("bytesBefore").asLong()),
              Units.IEC.amount(answer.path("bytes").asLong()));
    }
    context.out().flush();
  }
}
