package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UsageQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    header = "What happens on the host, as it happens.",
    description = {
      "",
      "Refusals (the first of its kind in a second), changes of policy with who made them, snapshots;"
          + " one line each, until Ctrl-C. Root and configured admins see everything; others see"
          + " refusals of their own.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet events",
      "  uidnet events --uid alice",
      "  uidnet events --json | jq 'select(.event == \"drop\")'"
    })
final class EventsCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--uid",
      paramLabel = "UID|NAME",
      description = "Only refusals of this user, by UID, name, or self; and snapshots.")
  private Optional<String> uid;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many events; 0, the default, goes on until stopped.")
  private long count;

  @Option(names = "--json", description = "One line of JSON for each event.")
  private boolean json;

  EventsCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    try (EventReader events = daemon.eventsOfAllOrOwn(ApiRequest::events, query())) {
      daemon.noteHealth();
      new LiveEvents(context, line()).show(events, count);
    }
    return ExitCode.OK;
  }

  private UsageQuery query() {
    return uid.map(word -> Long.toString(new UidWords(context).uid(word)))
        .map(UsageQuery.NONE::uid)
        .orElse(UsageQuery.NONE);
  }

  private Function<JsonNode, String> line() {
    LocalTimes times = new LocalTimes(context.clock().getZone());
    return json ? JsonOutput::line : new EventLine(times, context.style())::of;
  }
}
