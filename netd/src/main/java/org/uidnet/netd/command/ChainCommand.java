package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.ChainKind;
import org.uidnet.api.model.RuleRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "chain",
    mixinStandardHelpOptions = true,
    header = "Chains of the firewall: lists of UIDs that may, or may not, use the network.",
    description = {
      "",
      "An enabled ALLOWLIST blocks every UID that is not on it, an enabled DENYLIST those that are."
          + " Android's chains are always there; others are made with create. One chain that blocks"
          + " is enough: uidnet explain tells which it is.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet chain list",
      "  uidnet chain create night --kind DENYLIST",
      "  uidnet chain deny night alice",
      "  uidnet chain enable night --confirm 60s",
      "  uidnet chain replace dozable --file uids.txt"
    })
final class ChainCommand {
  private final Context context;
  private final UidWords uids;

  ChainCommand(Context context) {
    this.context = context;
    uids = new UidWords(context);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "All chains, whether they are in force, and how many UIDs are on them.",
      footer = {"", "Examples:", "  uidnet chain list", "  uidnet chain list --json"})
  int list(
      @Mixin DaemonOption daemonOption,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, json, ApiRequest.chains(), ChainTable::all);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "One chain, with every UID on its list.",
      footer = {"", "Examples:", "  uidnet chain show dozable"})
  int show(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "CHAIN") String chain,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, json, ApiRequest.chain(chain), ChainTable::one);
  }

  private interface Lines {
    Stream<String> of(ChainTable table, JsonNode answer);
  }

  private int show(DaemonOption daemonOption, boolean json, ApiRequest<?> request, Lines lines)
      throws IOException {
    return daemonOption.show(
        context, json, request, answer -> lines.of(new ChainTable(context), answer));
  }

  @Command(
      name = "enable",
      mixinStandardHelpOptions = true,
      header = "Put a chain in force.",
      description = {"", "Connections of the UIDs that it blocks are ended at once.", ""},
      footer = {"", "Examples:", "  uidnet chain enable dozable --confirm 60s"})
  int enable(@Mixin ChangeOptions change, @Parameters(paramLabel = "CHAIN") String chain)
      throws IOException {
    return setEnabled(change, chain, true);
  }

  @Command(
      name = "disable",
      mixinStandardHelpOptions = true,
      header = "Put a chain out of force; its list stays.",
      footer = {"", "Examples:", "  uidnet chain disable dozable"})
  int disable(@Mixin ChangeOptions change, @Parameters(paramLabel = "CHAIN") String chain)
      throws IOException {
    return setEnabled(change, chain, false);
  }

  private int setEnabled(ChangeOptions change, String chain, boolean enabled) throws IOException {
    String state = enabled ? "enabled" : "disabled";
    return change.make(
        context,
        ApiRequest.setEnabled(chain, enabled),
        "chain %s is %s".formatted(chain, state),
        "chain %s was %s already".formatted(chain, state));
  }

  @Command(
      name = "allow",
      mixinStandardHelpOptions = true,
      header = "Let the chain pass a UID: on an allowlist, or not on a denylist.",
      footer = {"", "Examples:", "  uidnet chain allow dozable alice --for 2h"})
  int allow(
      @Mixin ChangeOptions change,
      @Mixin LifetimeOptions lifetime,
      @Parameters(paramLabel = "CHAIN") String chain,
      @Parameters(paramLabel = "UID|NAME") String uid)
      throws IOException {
    return setRule(change, lifetime, chain, uid, RuleRequest.ALLOW);
  }

  @Command(
      name = "deny",
      mixinStandardHelpOptions = true,
      header = "Let the chain block a UID: on a denylist, or not on an allowlist.",
      footer = {"", "Examples:", "  uidnet chain deny oem-deny-1 alice --until-reboot"})
  int deny(
      @Mixin ChangeOptions change,
      @Mixin LifetimeOptions lifetime,
      @Parameters(paramLabel = "CHAIN") String chain,
      @Parameters(paramLabel = "UID|NAME") String uid)
      throws IOException {
    return setRule(change, lifetime, chain, uid, RuleRequest.DENY);
  }

  @Command(
      name = "reset",
      mixinStandardHelpOptions = true,
      header = "Take a UID off a chain's list.",
      footer = {"", "Examples:", "  uidnet chain reset dozable alice"})
  int reset(
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "CHAIN") String chain,
      @Parameters(paramLabel = "UID|NAME") String uid)
      throws IOException {
    return setRule(change, new LifetimeOptions(), chain, uid, RuleRequest.DEFAULT);
  }

  private int setRule(
      ChangeOptions change, LifetimeOptions lifetime, String chain, String word, RuleRequest rule)
      throws IOException {
    long uid = uids.uid(word);
    DaemonClient daemon = change.daemon(context);
    JsonNode answer = change.send(daemon, ApiRequest.setRule(chain, uid, lifetime.of(rule)));
    String now =
        "%s: %s on chain %s%s"
            .formatted(
                uids.named(uid),
                Text.plain(answer.path("rule").asText()),
                chain,
                ChainTable.until(answer, context));
    change.tell(context, answer, now, now + ", as before");
    daemon.noteHealth();
    return ExitCode.OK;
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      header = "Give a chain another list, at once.",
      description = {
        "",
        "A UID that is on both lists is never treated otherwise. Temporary rules end.",
        ""
      },
      footer = {
        "",
        "Examples:",
        "  uidnet chain replace dozable 1000 alice 10123",
        "  uidnet chain replace dozable --file uids.txt",
        "  uidnet chain replace dozable                  empties it"
      })
  int replace(
      @Mixin ChangeOptions change,
      @Parameters(index = "0", paramLabel = "CHAIN") String chain,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "UID|NAME") List<String> words,
      @Option(
              names = "--file",
              paramLabel = "FILE",
              description = "Read UIDs and names from a file, parted by blanks and line ends.")
          Optional<Path> file)
      throws IOException {
    TreeSet<Long> list = new TreeSet<>();
    Stream.concat(words == null ? Stream.of() : words.stream(), words(file))
        .forEach(word -> list.add(uids.uid(word)));
    return change.make(
        context,
        ApiRequest.replaceUids(chain, list),
        "chain %s has %d UIDs on its list now".formatted(chain, list.size()),
        "chain %s had that list already".formatted(chain));
  }

  private static Stream<String> words(Optional<Path> file) {
    return file.stream()
        .flatMap(path -> Stream.of(read(path).split("\\s+")))
        .filter(word -> !word.isEmpty());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.BAD_USAGE, "--file: cannot read %s (%s)".formatted(file, e));
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      header = "Make a chain, disabled and empty.",
      footer = {"", "Examples:", "  uidnet chain create night --kind DENYLIST"})
  int create(
      @Mixin ChangeOptions change,
      @Parameters(paramLabel = "CHAIN", description = "Lower-case letters, digits and dashes.")
          String chain,
      @Option(
              names = "--kind",
              paramLabel = "KIND",
              defaultValue = "DENYLIST",
              description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
          ChainKind kind)
      throws IOException {
    return change.make(
        context,
        ApiRequest.createChain(chain, kind),
        "chain %s is there: %s, disabled and empty".formatted(chain, kind),
        "chain %s was there already".formatted(chain));
  }

  @Command(
      name = "delete",
      mixinStandardHelpOptions = true,
      header = "Remove a chain that was made with create.",
      footer = {"", "Examples:", "  uidnet chain delete night"})
  int delete(@Mixin ChangeOptions change, @Parameters(paramLabel = "CHAIN") String chain)
      throws IOException {
    return change.make(
        context,
        ApiRequest.deleteChain(chain),
        "chain %s is gone".formatted(chain),
        "there was no chain %s".formatted(chain));
  }
}
