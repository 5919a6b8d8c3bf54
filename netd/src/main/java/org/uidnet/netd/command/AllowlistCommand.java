package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.RuleRequest;
import org.uidnet.api.model.TemporaryRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "allowlist",
    mixinStandardHelpOptions = true,
    header = "Whom states of the device spare.",
    description = {
      "",
      "Lists: power-save (spared while the device dozes or saves power), power-save-except-idle (not"
          + " while it dozes), low-power-standby, metered-allow (exempt from data saver), metered-deny"
          + " (blocked on metered networks).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet allowlist show power-save",
      "  uidnet allowlist add power-save alice --for 10m",
      "  uidnet allowlist remove power-save alice",
      "  uidnet allowlist replace power-save 1000 10123"
    })
final class AllowlistCommand {
  private final Context context;
  private final UidWords uids;

  AllowlistCommand(Context context) {
    this.context = context;
    uids = new UidWords(context);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "Who is on a list.",
      footer = {"", "Examples:", "  uidnet allowlist show power-save"})
  int show(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "LIST") String list,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return daemonOption.show(
        context, json, ApiRequest.allowlist(list), answer -> lines(list, answer).stream());
  }

  private List<String> lines(String list, JsonNode answer) {
    List<String> lines = new ArrayList<>();
    answer
        .path("uids")
        .forEach(uid -> lines.add(uids.named(uid.asLong()) + until(answer, uid.asLong())));
    return lines.isEmpty() ? List.of("Nobody is on " + list + ".") : lines;
  }

  private String until(JsonNode answer, long uid) {
    for (JsonNode temporary : answer.path("temporary")) {
      if (temporary.path("uid").asLong() == uid) {
        return ChainTable.until(temporary, context);
      }
    }
    return "";
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      header = "Put a user on a list.",
      footer = {"", "Examples:", "  uidnet allowlist add power-save alice --for 10m"})
  int add(
      @Mixin ChangeOptions change,
      @Mixin LifetimeOptions lifetime,
      @Parameters(index = "0", paramLabel = "LIST") String list,
      @Parameters(index = "1", paramLabel = "UID|NAME") String word)
      throws IOException {
    long uid = uids.uid(word);
    String now = "%s is on %s".formatted(uids.named(uid), list);
    return change.make(context, adding(list, uid, lifetime), now, now + ", as before");
  }

  private static ApiRequest<?> adding(String list, long uid, LifetimeOptions lifetime) {
    RuleRequest rule = lifetime.of(RuleRequest.ALLOW);
    if (rule.equals(RuleRequest.ALLOW)) {
      return ApiRequest.setAllowlisted(list, uid, true);
    }
    var request = new TemporaryRequest(Optional.of(uid), rule.duration(), rule.until());
    return ApiRequest.allowTemporarily(list, request);
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      header = "Take a user off a list.",
      footer = {"", "Examples:", "  uidnet allowlist remove power-save alice"})
  int remove(
      @Mixin ChangeOptions change,
      @Parameters(index = "0", paramLabel = "LIST") String list,
      @Parameters(index = "1", paramLabel = "UID|NAME") String word)
      throws IOException {
    long uid = uids.uid(word);
    String now = "%s is not on %s".formatted(uids.named(uid), list);
    return change.make(
        context, ApiRequest.setAllowlisted(list, uid, false), now, now + ", as before");
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      header = "Give a list other users, at once.",
      description = {"", "Who is on it for a while goes too.", ""},
      footer = {
        "",
        "Examples:",
        "  uidnet allowlist replace power-save 1000 alice",
        "  uidnet allowlist replace power-save              empties it"
      })
  int replace(
      @Mixin ChangeOptions change,
      @Parameters(index = "0", paramLabel = "LIST") String list,
      @Parameters(index = "1..*", arity = "0..*", paramLabel = "UID|NAME") List<String> words)
      throws IOException {
    TreeSet<Long> wanted = new TreeSet<>();
    (words == null ? List.<String>of() : words).forEach(word -> wanted.add(uids.uid(word)));
    return change.make(
        context,
        ApiRequest.replaceAllowlist(list, wanted),
        "%s has %d UIDs now".formatted(list, wanted.size()),
        "%s had those UIDs already".formatted(list));
  }
}
