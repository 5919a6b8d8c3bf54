package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.InterfaceFacts;
import org.uidnet.api.model.Json;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "interface",
    mixinStandardHelpOptions = true,
    header = "What interfaces are: metered, roaming, a VPN.",
    description = {
      "",
      "Data saver and metered lists hold on metered interfaces, lockdown everywhere but on VPNs,"
          + " quotas where they say. Of most interfaces nothing is said; they are none of these.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet interface",
      "  uidnet interface set wwan0 metered=yes",
      "  uidnet interface set wg0 vpn=yes --confirm 60s"
    })
final class InterfaceCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption ownDaemonOption;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean ownJson;

  InterfaceCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    return show(ownDaemonOption, ownJson);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Interfaces of which something was said.",
      footer = {"", "Examples:", "  uidnet interface show --json"})
  int show(
      @Mixin DaemonOption daemonOption,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return daemonOption.show(context, json, ApiRequest.interfaces(), this::lines);
  }

  private Stream<String> lines(JsonNode answer) {
    if (answer.path("interfaces").isEmpty()) {
      return Stream.of("Nothing was said of any interface.");
    }
    Table table =
        new Table(context.style(), List.of(Column.text("INTERFACE"), Column.text("IS", 80)));
    answer
        .path("interfaces")
        .forEach(each -> table.row(List.of(Text.plain(each.path("iface").asText()), words(each))));
    return table.lines().stream();
  }

  private static String words(JsonNode facts) {
    List<String> words = new ArrayList<>();
    for (String flag : List.of("metered", "roaming", "vpn", "default")) {
      if (facts.path(flag).asBoolean()) {
        words.add(flag);
      }
    }
    for (String name : List.of("type", "network")) {
      if (facts.has(name)) {
        words.add(name + " " + Text.plain(facts.path(name).asText()));
      }
    }
    return words.isEmpty() ? "nothing of these" : String.join(", ", words);
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      header = "Say what an interface is; what is not named stays. It need not be there yet.",
      description = {
        "",
        "Keys: metered, roaming, vpn, default, each yes or no; type, such as wifi or mobile; network,"
            + " its name.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  uidnet interface set wwan0 metered=yes roaming=no",
        "  uidnet interface set wlan0 type=wifi network=home"
      })
  int set(
      @Mixin ChangeOptions change,
      @Parameters(index = "0", paramLabel = "INTERFACE") String name,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "KEY=VALUE") List<String> words)
      throws IOException {
    JsonNode known = change.daemon(context).ask(ApiRequest.iface(name));
    InterfaceFacts facts = Json.LENIENT.treeToValue(known, InterfaceFacts.class);
    for (String word : words) {
      facts = with(facts, KeyValue.of(word, "metered=yes"));
    }
    String now = Text.plain(name + ": " + String.join(", ", words));
    return change.make(context, ApiRequest.setInterface(name, facts), now, now + ", as before");
  }

  private static InterfaceFacts with(InterfaceFacts facts, KeyValue word) {
    return switch (word.key()) {
      case "metered" -> facts.withMetered(word.isOn());
      case "roaming" -> facts.withRoaming(word.isOn());
      case "vpn" -> facts.withVpn(word.isOn());
      case "default" -> facts.withDefaultNetwork(word.isOn());
      case "type" -> facts.withType(word.value());
      case "network" -> facts.withNetwork(word.value());
      default ->
          throw new CommandException(
              ExitCode.BAD_USAGE,
              "there is no '%s' of an interface; there are metered, roaming, vpn, default, type and network"
                  .formatted(Text.plain(word.key())));
    };
  }
}
