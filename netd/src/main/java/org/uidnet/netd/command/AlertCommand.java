package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "alert",
    mixinStandardHelpOptions = true,
    header = "Alerts: be told each time so much was used.",
    description = {
      "",
      "An alert counts from when it is made, and anew each time it was told; uidnet events shows it."
          + " It outlives the daemon, and stops nothing: uidnet quota does. Who is not root is told of"
          + " its own use.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet alert list",
      "  uidnet alert add 500MB --uid self",
      "  uidnet alert add 1GiB --type mobile --roaming",
      "  uidnet alert delete 3"
    })
final class AlertCommand {
  private final Context context;

  AlertCommand(Context context) {
    this.context = context;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Alerts, and how much of them is used.",
      footer = {"", "Examples:", "  uidnet alert list --si"})
  int list(
      @Mixin DaemonOption daemonOption,
      @Mixin UnitsOption units,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return daemonOption.show(
        context,
        json,
        ApiRequest.alerts(),
        answer -> table(answer.path("alerts"), units.units()).stream());
  }

  private List<String> table(JsonNode alerts, Units units) {
    if (alerts.isEmpty()) {
      return List.of("There are no alerts. One is made by: uidnet alert add 500MB --uid self");
    }
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.figure("ALERT"),
                Column.text("FOR"),
                Column.figure("USED"),
                Column.figure("THRESHOLD")));
    alerts.forEach(
        alert ->
            table.row(
                List.of(
                    alert.path("id").asText(),
                    meaning(alert.path("template")),
                    units.amount(alert.path("usedBytes").asLong()),
                    units.amount(alert.path("thresholdBytes").asLong()))));
    return table.lines();
  }

  /** Whose use of what it is about, such as {@code alice on wlan0, types wifi}. */
  private String meaning(JsonNode template) {
    String whose = template.has("uids") ? names(template.path("uids")) : "everybody";
    String where =
        template.has("iface") ? " on " + Text.plain(template.path("iface").asText()) : "";
    return whose
        + where
        + list(", types ", template.path("types"))
        + list(", networks ", template.path("networks"))
        + flag(template, "metered")
        + flag(template, "roaming")
        + flag(template, "default");
  }

  private String names(JsonNode uids) {
    UidWords words = new UidWords(context);
    return StreamSupport.stream(uids.spliterator(), false)
        .map(uid -> words.named(uid.asLong()))
        .collect(Collectors.joining(", "));
  }

  private static String list(String name, JsonNode items) {
    return items.isEmpty()
        ? ""
        : name
            + StreamSupport.stream(items.spliterator(), false)
                .map(item -> Text.plain(item.asText()))
                .collect(Collectors.joining(", "));
  }

  private static String flag(JsonNode template, String name) {
    return template.has(name) ? (template.path(name).asBoolean() ? ", " : ", not ") + name : "";
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      header = "Be told each time more than that was used from now on.",
      footer = {
        "",
        "Examples:",
        "  uidnet alert add 500MB --uid self",
        "  uidnet alert add 2GB --iface wwan0",
        "  uidnet alert add 100MiB --uid alice,bob --type wifi --network 'Cafe*'"
      })
  int add(
      @Mixin DaemonOption daemonOption,
      @Parameters(
              paramLabel = "SIZE",
              converter = ByteCount.class,
              description = "Such as 500MB or 2GiB, both ways.")
          long threshold,
      @Option(
              names = "--uid",
              paramLabel = "UID|NAME",
              split = ",",
              description = "Whose use, parted by commas, together. Without it: everybody's.")
          List<String> uids,
      @Option(names = "--iface", paramLabel = "NAME", description = "Over this interface only.")
          Optional<String> iface,
      @Mixin NetworkOptions networks,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    UidWords words = new UidWords(context);
    Optional<List<Long>> whose =
        Optional.ofNullable(uids).map(list -> list.stream().map(words::uid).distinct().toList());
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode alert = daemon.ask(ApiRequest.addAlert(networks.template(whose, iface), threshold));
    context
        .out()
        .println(
            json ? JsonOutput.pretty(alert) : "alert " + alert.path("id").asText() + " is made");
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      header = "Be told no more.",
      footer = {"", "Examples:", "  uidnet alert delete 3"})
  int delete(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "ALERT", description = "Its number in uidnet alert list.") long id,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode change = daemon.ask(ApiRequest.deleteAlert(id));
    String sentence =
        change.path("changed").asBoolean()
            ? "alert %d is gone".formatted(id)
            : "there was no alert %d of yours".formatted(id);
    context.out().println(json ? JsonOutput.pretty(change) : sentence);
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }
}
