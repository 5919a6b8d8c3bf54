package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.OwnRulesDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "rules",
    mixinStandardHelpOptions = true,
    header = "Rules of your own: who may use the network when.",
    description = {
      "",
      "A file of rules is YAML, a rule a line. The first rule that holds and names a user decides;"
          + " those of profiles that hold are asked first. What Android's chains block stays blocked.",
      "",
      "  timeZone: Europe/Berlin",
      "  rules:",
      "    - {name: homework, deny: \"@kids\", when: {days: mon-fri, time: 14:00-16:00}}",
      "    - {allow: [backup, 2000-2099], when: {metered: false}}",
      "    - {deny: all, when: {screenOn: false, charging: false}}",
      "  profiles:",
      "    - name: office",
      "      when: {network: \"ACME*\"}",
      "      rules:",
      "        - {deny: games}",
      "",
      "Whom: UIDs, ranges, users, @groups, all. When: deviceIdle, batterySaver, dataSaver,"
          + " restrictedMode, lowPowerStandby, charging, screenOn, metered, roaming, vpn, foreground"
          + " (true or false), network (a name, * for any characters), time, days, and quota (an id"
          + " that is used up). Networks are those marked default by uidnet's interfaces, or all.",
      "Users and groups become UIDs when the rules are put; put them again when members change.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet rules",
      "  uidnet rules dry-run rules.yaml",
      "  uidnet rules set rules.yaml --confirm 60s",
      "  uidnet rules clear"
    })
final class RulesCommand implements Callable<Integer> {
  private final Context context;

  @Mixin private DaemonOption ownDaemonOption;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean ownJson;

  RulesCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    return show(ownDaemonOption, ownJson, ApiRequest.ruleDecisions(), RulesTable::decisions);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "The rules, as the daemon keeps them.",
      footer = {"", "Examples:", "  uidnet rules show"})
  int show(@Mixin DaemonOption daemonOption) throws IOException {
    return show(daemonOption, true, ApiRequest.rules(), RulesTable::decisions);
  }

  @Command(
      name = "dry-run",
      mixinStandardHelpOptions = true,
      header = "What a file of rules would change if it were set now; nothing is changed.",
      footer = {"", "Examples:", "  uidnet rules dry-run rules.yaml"})
  int rehearse(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "FILE") Path file,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, json, ApiRequest.rehearseRules(read(file)), RulesTable::rehearsal);
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      header = "Replace all rules by those of a file.",
      footer = {"", "Examples:", "  uidnet rules set rules.yaml --confirm 60s"})
  int set(@Mixin ChangeOptions change, @Parameters(paramLabel = "FILE") Path file)
      throws IOException {
    return change.make(
        context,
        ApiRequest.setRules(read(file)),
        "rules are those of " + file,
        "rules were those of " + file + " before");
  }

  @Command(
      name = "clear",
      mixinStandardHelpOptions = true,
      header = "Take all rules away.",
      footer = {"", "Examples:", "  uidnet rules clear --confirm 60s"})
  int clear(@Mixin ChangeOptions change) throws IOException {
    var none = new OwnRulesDocument(Optional.empty(), Optional.of(List.of()), Optional.empty());
    return change.make(
        context, ApiRequest.setRules(none), "there are no rules", "there were no rules before");
  }

  private OwnRulesDocument read(Path file) {
    return RulesFile.read(file, this::uids);
  }

  private Optional<String> uids(String name) {
    if (!name.startsWith("@")) {
      return context.names().uid(name).map(String::valueOf);
    }
    NavigableSet<Long> members = context.names().members(name.substring(1));
    return members.isEmpty()
        ? Optional.empty()
        : Optional.of(members.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }

  private interface Lines {
    List<String> of(RulesTable table, JsonNode answer);
  }

  private int show(DaemonOption daemonOption, boolean json, ApiRequest<?> request, Lines lines)
      throws IOException {
    return daemonOption.show(
        context, json, request, answer -> lines.of(new RulesTable(context), answer).stream());
  }
}
