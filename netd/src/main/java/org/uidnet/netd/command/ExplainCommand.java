package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    header = "Whether a user may use the network, rule by rule, and what would lift a block.",
    description = {
      "",
      "Asks for an outgoing connection as things are, over a network that no rule names; options"
          + " suppose something else. A dash for effect: the rule has no say there. Anybody may ask for"
          + " itself.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet explain --uid alice",
      "  uidnet explain --uid 10123 --iface wwan0",
      "  uidnet explain --uid 10123 --metered --data-saver",
      "  uidnet explain --uid 10123 --enable powersave       what battery saver would do"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption daemonOption;

  @Option(
      names = "--uid",
      paramLabel = "UID|NAME",
      defaultValue = "self",
      description = "Whose packets. Default: one's own.")
  private String uid;

  @Option(names = "--iface", paramLabel = "NAME", description = "Over this interface.")
  private Optional<String> iface;

  @Option(names = "--metered", description = "Over a metered network.")
  private boolean metered;

  @Option(names = "--roaming", description = "While roaming.")
  private boolean roaming;

  @Option(names = "--vpn", description = "Over a VPN.")
  private boolean vpn;

  @Option(names = "--loopback", description = "Within the host.")
  private boolean loopback;

  @Option(names = "--inbound", description = "Packets that come in.")
  private boolean inbound;

  @Option(
      names = "--remote",
      paramLabel = "ADDRESS",
      description = "To this address, such as 192.168.1.1.")
  private Optional<String> remote;

  @Option(
      names = "--enable",
      paramLabel = "CHAINS",
      description = "As if these chains were enabled; parted by commas.")
  private Optional<String> enable;

  @Option(
      names = "--disable",
      paramLabel = "CHAINS",
      description = "As if these chains were disabled.")
  private Optional<String> disable;

  @Option(names = "--data-saver", description = "As if data saver were on.")
  private boolean dataSaver;

  @Option(
      names = "--owner",
      paramLabel = "UID|NAME",
      description = "Over a socket that this UID made, as after setuid.")
  private Optional<String> owner;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean json;

  ExplainCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.ask(ApiRequest.verdict(new UidWords(context).uid(uid), whatIf()));
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      lines(answer).forEach(context.out()::println);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private Map<String, String> whatIf() {
    Map<String, String> whatIf = new LinkedHashMap<>();
    iface.ifPresent(name -> whatIf.put("iface", name));
    put(whatIf, "metered", metered);
    put(whatIf, "roaming", roaming);
    put(whatIf, "vpn", vpn);
    put(whatIf, "loopback", loopback);
    put(whatIf, "dataSaver", dataSaver);
    remote.ifPresent(address -> whatIf.put("remote", address));
    enable.ifPresent(chains -> whatIf.put("enable", chains));
    disable.ifPresent(chains -> whatIf.put("disable", chains));
    owner.ifPresent(word -> whatIf.put("owner", Long.toString(new UidWords(context).uid(word))));
    if (inbound) {
      whatIf.put("direction", "ingress");
    }
    return whatIf;
  }

  private static void put(Map<String, String> whatIf, String name, boolean given) {
    if (given) {
      whatIf.put(name, "true");
    }
  }

  private Stream<String> lines(JsonNode answer) {
    return Stream.of(
            Stream.of(sentence(answer), ""),
            table(answer).lines().stream(),
            details(answer),
            lifting(answer))
        .flatMap(lines -> lines);
  }

  private String sentence(JsonNode answer) {
    String who = new UidWords(context).named(answer);
    return answer.path("blocked").asBoolean()
        ? "%s is %s: %s, refused %s."
            .formatted(who, context.style().warning("blocked"), reasons(answer), where(answer))
        : who + " is not blocked.";
  }

  static String reasons(JsonNode answer) {
    return StreamSupport.stream(answer.path("reasons").spliterator(), false)
        .map(reason -> Text.plain(reason.asText()))
        .collect(Collectors.joining(", "));
  }

  private static String where(JsonNode answer) {
    return switch (answer.path("refusedBy").asText()) {
      case "CREATE" -> "when it makes a socket";
      case "CONNECT" -> "when it connects (TCP) or sends (others)";
      default -> "packet by packet";
    };
  }

  private Table table(JsonNode answer) {
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.text("CHAIN OR RULE"),
                Column.text("KIND"),
                Column.text("ENABLED"),
                Column.text("LISTED"),
                Column.text("EFFECT"),
                Column.text("REASON")));
    answer.path("chain").forEach(step -> table.row(cells(step)));
    return table;
  }

  private static List<String> cells(JsonNode step) {
    boolean blocks = step.path("effect").asText().equals("BLOCKS");
    return List.of(
        step.path("chain").asText(),
        step.path("kind").asText("-"),
        yesNo(step, "enabled"),
        yesNo(step, "listed"),
        effect(step),
        blocks ? step.path("reason").asText() : "");
  }

  private static String yesNo(JsonNode step, String field) {
    return step.path(field).asBoolean() ? "yes" : "no";
  }

  private static String effect(JsonNode step) {
    return switch (step.path("effect").asText()) {
      case "BLOCKS" -> "blocks";
      case "PASSES" -> step.path("exempt").asBoolean() ? "exempt" : "passes";
      default -> "-";
    };
  }

  /** How the quotas that block stand. */
  private static Stream<String> details(JsonNode answer) {
    List<String> details =
        StreamSupport.stream(answer.path("chain").spliterator(), false)
            .filter(step -> step.path("effect").asText().equals("BLOCKS"))
            .filter(step -> step.hasNonNull("detail"))
            .map(step -> step.path("chain").asText() + ": " + step.path("detail").asText())
            .map(Text::plain)
            .toList();
    return details.isEmpty() ? Stream.of() : Stream.concat(Stream.of(""), details.stream());
  }

  private Stream<String> lifting(JsonNode answer) {
    List<String> commands =
        StreamSupport.stream(answer.path("chain").spliterator(), false)
            .filter(step -> step.hasNonNull("lift"))
            .map(step -> "  " + Text.plain(step.path("lift").asText()) + daemonOption.words())
            .toList();
    return commands.isEmpty()
        ? Stream.of()
        : Stream.concat(
            Stream.of(
                "", commands.size() == 1 ? "This would lift it:" : "Together these would lift it:"),
            commands.stream());
  }
}
