package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.DeviceState;
import org.uidnet.api.model.ProcessStateRequest;
import org.uidnet.api.model.UidPolicyDocument;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    header = "The state of the device and of its users, which decides who may use the network.",
    description = {
      "",
      "Each state fills chains as Android does: device-idle puts dozable in force, battery-saver"
          + " powersave, and so on. Rules that were set by hand hold besides; uidnet explain tells"
          + " what comes from which state.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet state",
      "  uidnet state set device-idle=on screen-on=off",
      "  uidnet state set battery-saver=on --confirm 60s",
      "  uidnet state process alice FOREGROUND_SERVICE",
      "  uidnet state idle alice on",
      "  uidnet state policy alice REJECT_METERED_BACKGROUND",
      "  uidnet state uid alice"
    })
final class StateCommand implements Callable<Integer> {
  private static final String STATES =
      "PERSISTENT, PERSISTENT_UI, TOP, BOUND_TOP, FOREGROUND_SERVICE, BOUND_FOREGROUND_SERVICE,"
          + " IMPORTANT_FOREGROUND, IMPORTANT_BACKGROUND, TRANSIENT_BACKGROUND, BACKUP, SERVICE,"
          + " RECEIVER, TOP_SLEEPING, HEAVY_WEIGHT, HOME, LAST_ACTIVITY, CACHED_ACTIVITY,"
          + " CACHED_ACTIVITY_CLIENT, CACHED_RECENT, CACHED_EMPTY, NONEXISTENT, UNKNOWN";
  private static final String POLICIES =
      "NONE, REJECT_METERED_BACKGROUND, ALLOW_METERED_BACKGROUND";

  private final Context context;
  private final UidWords uids;

  @Mixin private DaemonOption ownDaemonOption;

  @Option(names = "--json", description = "Print the daemon's answer as JSON.")
  private boolean ownJson;

  StateCommand(Context context) {
    this.context = context;
    uids = new UidWords(context);
  }

  @Override
  public Integer call() throws IOException {
    return show(ownDaemonOption, ownJson);
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      header = "How the device is, as far as it was told.",
      footer = {"", "Examples:", "  uidnet state show --json"})
  int show(
      @Mixin DaemonOption daemonOption,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, json, ApiRequest.deviceState(), StateTable::device);
  }

  @Command(
      name = "uid",
      mixinStandardHelpOptions = true,
      header = "How a user is, and what that does to it.",
      footer = {"", "Examples:", "  uidnet state uid 10123"})
  int uid(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "UID|NAME") String word,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return show(daemonOption, json, ApiRequest.uid(uids.uid(word)), StateTable::uid);
  }

  private interface Lines {
    List<String> of(StateTable table, JsonNode answer);
  }

  private int show(DaemonOption daemonOption, boolean json, ApiRequest<?> request, Lines lines)
      throws IOException {
    return daemonOption.show(
        context, json, request, answer -> lines.of(new StateTable(context), answer).stream());
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      header = "Tell how the device is now; what is not named stays.",
      description = {
        "",
        "Keys: device-idle, battery-saver, data-saver, restricted-mode, low-power-standby, charging,"
            + " screen-on. Values: on, off.",
        ""
      },
      footer = {"", "Examples:", "  uidnet state set device-idle=on charging=off"})
  int set(
      @Mixin ChangeOptions change,
      @Parameters(arity = "1..*", paramLabel = "KEY=VALUE") List<String> words)
      throws IOException {
    Map<String, Boolean> changes = new TreeMap<>();
    for (String word : words) {
      KeyValue told = KeyValue.of(word, "device-idle=on");
      changes.put(key(told.key()), told.isOn());
    }
    String now = "state: " + String.join(", ", words);
    return change.make(
        context,
        ApiRequest.changeDeviceState(DeviceState.changingKeys(changes)),
        now,
        now + ", as before");
  }

  /** {@code device-idle}, and as HTTP spells it. */
  private static String key(String word) {
    String key = StateTable.kebab(word.replace('_', '-'));
    if (!DeviceState.keys().contains(key)) {
      throw badUsage(
          "there is no state '%s'; states are %s"
              .formatted(Text.plain(word), String.join(", ", DeviceState.keys())));
    }
    return key;
  }

  private static <T> T named(Supplier<T> make, String otherwise) {
    try {
      return make.get();
    } catch (IllegalArgumentException e) {
      throw badUsage(otherwise);
    }
  }

  private static CommandException badUsage(String message) {
    return new CommandException(ExitCode.BAD_USAGE, message);
  }

  @Command(
      name = "process",
      mixinStandardHelpOptions = true,
      header = "Tell how a user's processes are, by Android's names.",
      footer = {
        "",
        "Examples:",
        "  uidnet state process alice TOP",
        "  uidnet state process 10123 SERVICE --capability POWER_RESTRICTED_NETWORK"
      })
  int process(
      @Mixin DaemonOption daemonOption,
      @Parameters(index = "0", paramLabel = "UID|NAME") String word,
      @Parameters(index = "1", paramLabel = "STATE", description = STATES) String state,
      @Option(
              names = "--capability",
              paramLabel = "NAME",
              description =
                  "POWER_RESTRICTED_NETWORK or USER_RESTRICTED_NETWORK; may be given twice.")
          List<String> capabilities,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    long uid = uids.uid(word);
    List<String> wanted = capabilities == null ? List.of() : capabilities;
    ProcessStateRequest report =
        named(
            () -> ProcessStateRequest.named(state, wanted),
            "there is no such state or capability; states are " + STATES);
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode answer = daemon.ask(ApiRequest.reportProcess(uid, report));
    context.out().println(json ? JsonOutput.pretty(answer) : told(uid, state, answer));
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }

  private String told(long uid, String state, JsonNode answer) {
    String now = "%s is %s".formatted(uids.named(uid), state);
    return answer.has("effectiveAt")
        ? now
            + "; in the background from "
            + new LocalTimes(context.clock().getZone()).second(answer.path("effectiveAt").asText())
            + " on"
        : now;
  }

  @Command(
      name = "idle",
      mixinStandardHelpOptions = true,
      header = "Tell whether nobody has used an app for long.",
      footer = {"", "Examples:", "  uidnet state idle 10123 on"})
  int idle(
      @Mixin ChangeOptions change,
      @Parameters(index = "0", paramLabel = "UID|NAME") String word,
      @Parameters(index = "1", paramLabel = "on|off") String value)
      throws IOException {
    long uid = uids.uid(word);
    boolean idle = KeyValue.isOn(value);
    String now = "%s is %s".formatted(uids.named(uid), idle ? "idle" : "not idle");
    return change.make(context, ApiRequest.setIdle(uid, idle), now, now + ", as before");
  }

  @Command(
      name = "policy",
      mixinStandardHelpOptions = true,
      header = "What a user may on metered networks in the background.",
      footer = {"", "Examples:", "  uidnet state policy alice ALLOW_METERED_BACKGROUND"})
  int policy(
      @Mixin ChangeOptions change,
      @Parameters(index = "0", paramLabel = "UID|NAME") String word,
      @Parameters(index = "1", paramLabel = "POLICY", description = POLICIES) String policy)
      throws IOException {
    long uid = uids.uid(word);
    String now = "policy of %s: %s".formatted(uids.named(uid), policy);
    UidPolicyDocument wanted =
        named(() -> UidPolicyDocument.named(policy), "there is no such policy; give " + POLICIES);
    return change.make(context, ApiRequest.setPolicy(uid, wanted), now, now + ", as before");
  }
}
