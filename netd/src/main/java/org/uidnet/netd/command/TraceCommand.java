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
    name = "trace",
    mixinStandardHelpOptions = true,
    header = "Packets as they pass: whose, where, and what became of them.",
    description = {
      "",
      "One line a packet, until Ctrl-C; then nothing is traced any more. Lengths are from the IP"
          + " header on, and many segments may be one packet here. Root and configured admins trace"
          + " everybody; others trace their own sockets.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet trace --uid alice",
      "  uidnet trace --dropped                what the firewall drops, and why",
      "  uidnet trace --every 100 --iface wlan0",
      "  uidnet trace --json --count 1000 | jq .length"
    })
final class TraceCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--uid",
      paramLabel = "UID|NAME",
      description = "Only packets of this user's sockets, by UID, name, or self.")
  private Optional<String> uid;

  @Option(
      names = "--every",
      paramLabel = "N",
      description = "One of N packets, 1 to 1000000. Default: each.")
  private Optional<Integer> every;

  @Option(names = "--dropped", description = "Only packets that were dropped.")
  private boolean dropped;

  @Option(
      names = "--direction",
      paramLabel = "DIRECTION",
      description = "Only ingress, or only egress.")
  private Optional<String> direction;

  @Option(names = "--iface", paramLabel = "NAME", description = "Only this interface.")
  private Optional<String> iface;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "End after so many packets; 0, the default, goes on until stopped.")
  private long count;

  @Option(names = "--json", description = "One line of JSON for each packet.")
  private boolean json;

  TraceCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    try (EventReader events = daemon.eventsOfAllOrOwn(ApiRequest::trace, query())) {
      daemon.noteHealth();
      new LiveEvents(context, line()).show(events, count);
    }
    return ExitCode.OK;
  }

  private Function<JsonNode, String> line() {
    LocalTimes times = new LocalTimes(context.clock().getZone());
    return json ? JsonOutput::line : new TraceLine(times, context.style())::of;
  }

  /** Everything but names is checked by the server. */
  private UsageQuery query() {
    UsageQuery query = UsageQuery.NONE;
    query = uid.map(this::uid).map(query::uid).orElse(query);
    query = every.map(query::every).orElse(query);
    query = direction.map(query::direction).orElse(query);
    query = iface.map(query::iface).orElse(query);
    return dropped ? query.dropped(true) : query;
  }

  private String uid(String word) {
    return Long.toString(new UidWords(context).uid(word));
  }
}
