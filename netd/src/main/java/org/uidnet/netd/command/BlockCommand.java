package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.ChainKind;
import org.uidnet.api.model.RuleRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * Blocks by a chain of its own, so that what people decide never mixes with what device state or an
 * Android service writes to Android's chains: those replace lists as a whole.
 */
@Command(
    name = "block",
    mixinStandardHelpOptions = true,
    header = "Keep a user from the network.",
    description = {
      "",
      "Its connections are ended and new ones fail at once. The UID is put on the denylist '"
          + BlockCommand.CHAIN
          + "', which is made and enabled when it is first needed. Loopback is blocked, too.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet block alice --for 2h",
      "  uidnet block 10123 --until 2026-03-01T18:00:00Z",
      "  uidnet block alice --confirm 60s     and lift it unless I say: uidnet confirm ID",
      "  uidnet allow alice"
    })
final class BlockCommand implements Callable<Integer> {
  static final String CHAIN = "blocked";

  private final Context context;

  @Mixin private ChangeOptions change;
  @Mixin private LifetimeOptions lifetime;

  @Parameters(paramLabel = "NAME|UID")
  private String user;

  BlockCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    UidWords uids = new UidWords(context);
    long uid = uids.uid(user);
    DaemonClient daemon = change.daemon(context);
    prepareChain(daemon);
    JsonNode answer =
        change.send(daemon, ApiRequest.setRule(CHAIN, uid, lifetime.of(RuleRequest.DENY)));
    String who = uids.named(uid) + " is blocked" + ChainTable.until(answer, context);
    change.tell(context, answer, who, who + ", as before");
    daemon.noteHealth();
    return ExitCode.OK;
  }

  /** In this order nobody is blocked by it who was not meant. */
  private void prepareChain(DaemonClient daemon) throws IOException {
    JsonNode chain = daemon.ask(ApiRequest.createChain(CHAIN, ChainKind.DENYLIST));
    if (chain.path("enabled").asBoolean()) {
      return;
    }
    daemon.ask(ApiRequest.setEnabled(CHAIN, true));
    if (!chain.path("changed").asBoolean()) {
      context.note(
          "chain " + CHAIN + " was disabled; it is in force again for everybody on its list");
    }
  }
}
