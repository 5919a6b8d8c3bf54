package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.QuotaDocument;
import org.uidnet.api.model.SnoozeRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "quota",
    mixinStandardHelpOptions = true,
    header = "Quotas: how much may be used in a month or another time, and what is left.",
    description = {
      "",
      "Bytes count as on the wire, both ways, without what stays in the host. When the limit is"
          + " reached nothing passes any more, to the packet, until the use counts anew. Root is never"
          + " stopped. Anybody may see the quotas that name it.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet quota list",
      "  uidnet quota set mobile --iface wwan0 --limit 2GB --warning 1.5GB --day 5",
      "  uidnet quota set kids --uid alice,bob --limit 500MiB --every P1D",
      "  uidnet quota snooze mobile"
    })
final class QuotaCommand {
  private static final int NOT_FOUND = 404;

  private final Context context;

  QuotaCommand(Context context) {
    this.context = context;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "All quotas, and how much of them is used.",
      footer = {"", "Examples:", "  uidnet quota list --si"})
  int list(
      @Mixin DaemonOption daemonOption,
      @Mixin UnitsOption units,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, units, json, ApiRequest.quotas(), QuotaTable::all);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "One quota: what is used, what is left, and where it leads to.",
      footer = {"", "Examples:", "  uidnet quota show mobile"})
  int show(
      @Mixin DaemonOption daemonOption,
      @Mixin UnitsOption units,
      @Parameters(paramLabel = "QUOTA") String id,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, units, json, ApiRequest.quota(id), QuotaTable::one);
  }

  private interface Lines {
    Stream<String> of(QuotaTable table, JsonNode answer);
  }

  private int show(
      DaemonOption daemonOption,
      UnitsOption units,
      boolean json,
      ApiRequest<?> request,
      Lines lines)
      throws IOException {
    return daemonOption.show(
        context, json, request, answer -> lines.of(new QuotaTable(context, units.units()), answer));
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      header = "Make a quota, or change one; what was used in its cycle stays used.",
      footer = {
        "",
        "Examples:",
        "  uidnet quota set mobile --iface wwan0 --limit 2GB --day 5",
        "  uidnet quota set mobile --limit 3GB",
        "  uidnet quota set kids --uid alice,bob --limit 500MiB --every P1D"
      })
  int set(
      @Mixin ChangeOptions change,
      @Mixin QuotaOptions quota,
      @Parameters(paramLabel = "QUOTA") String id)
      throws IOException {
    Optional<QuotaDocument> before = find(change.daemon(context), id);
    return change.make(
        context,
        ApiRequest.setQuota(id, quota.request(context, before)),
        "quota %s is %s".formatted(id, before.isPresent() ? "changed" : "made"),
        "quota %s was so already".formatted(id));
  }

  private static Optional<QuotaDocument> find(DaemonClient daemon, String id) throws IOException {
    try {
      JsonNode answer = daemon.ask(ApiRequest.quota(id));
      return Optional.of(Json.LENIENT.treeToValue(answer, QuotaDocument.class));
    } catch (ProblemException e) {
      if (e.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      header = "Take a quota away: it stops nothing any more.",
      footer = {"", "Examples:", "  uidnet quota delete mobile"})
  int delete(@Mixin ChangeOptions change, @Parameters(paramLabel = "QUOTA") String id)
      throws IOException {
    return change.make(
        context,
        ApiRequest.deleteQuota(id),
        "quota %s is gone".formatted(id),
        "there was no quota %s".formatted(id));
  }

  @Command(
      name = "snooze",
      mixinStandardHelpOptions = true,
      header = "Let traffic pass a quota's limit until its use counts anew.",
      footer = {
        "",
        "Examples:",
        "  uidnet quota snooze mobile",
        "  uidnet quota snooze mobile --warning",
        "  uidnet quota snooze mobile --off"
      })
  int snooze(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "QUOTA") String id,
      @Option(names = "--warning", description = "Keep the warning silent instead.")
          boolean warning,
      @Option(names = "--off", description = "No longer.") boolean off,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    SnoozeRequest request = warning ? SnoozeRequest.warning(!off) : SnoozeRequest.limit(!off);
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.ask(ApiRequest.snoozeQuota(id, request));
    context.out().println(json ? JsonOutput.pretty(answer) : snoozed(id, warning, off, answer));
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private String snoozed(String id, boolean warning, boolean off, JsonNode answer) {
    String part = "the " + (warning ? "warning" : "limit") + " of quota " + id;
    String end = new LocalTimes(context.clock().getZone()).second(answer.path("cycleEnd").asText());
    return off ? part + " is awake" : part + " sleeps until " + end;
  }
}
