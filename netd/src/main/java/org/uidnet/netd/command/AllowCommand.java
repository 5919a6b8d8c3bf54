package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.model.RuleRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "allow",
    mixinStandardHelpOptions = true,
    header = "Lift what uidnet block did.",
    description = {
      "",
      "Takes the UID off the denylist '"
          + BlockCommand.CHAIN
          + "', and says if something else still blocks it.",
      ""
    },
    footer = {"", "Examples:", "  uidnet allow alice", "  uidnet allow alice --for 10m"})
final class AllowCommand implements Callable<Integer> {
  private static final int NOT_FOUND = 404;

  private final Context context;

  @Mixin private ChangeOptions change;
  @Mixin private LifetimeOptions lifetime;

  @Parameters(paramLabel = "NAME|UID")
  private String user;

  AllowCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException {
    UidWords uids = new UidWords(context);
    long uid = uids.uid(user);
    DaemonClient daemon = change.daemon(context);
    Optional<JsonNode> answer = lift(daemon, uid);
    if (answer.isPresent()) {
      String lifted = "the block of " + uids.named(uid) + " is lifted";
      change.tell(
          context,
          answer.get(),
          lifted + ChainTable.until(answer.get(), context),
          uids.named(uid) + " was not blocked");
    } else {
      context.note(uids.named(uid) + " was not blocked: uidnet block was never used here");
    }
    noteOtherBlocks(daemon, uid);
    daemon.noteHealth();
    return ExitCode.OK;
  }

  /** Nothing, if the chain was never made. */
  private Optional<JsonNode> lift(DaemonClient daemon, long uid) throws IOException {
    var rule = ApiRequest.setRule(BlockCommand.CHAIN, uid, lifetime.of(RuleRequest.ALLOW));
    try {
      return Optional.of(change.send(daemon, rule));
    } catch (ProblemException e) {
      if (e.status() != NOT_FOUND) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private void noteOtherBlocks(DaemonClient daemon, long uid) throws IOException {
    JsonNode verdict = daemon.ask(ApiRequest.verdict(uid, Map.of()));
    if (verdict.path("blocked").asBoolean()) {
      context.note(
          "still blocked by %s: uidnet explain --uid %d%s"
              .formatted(ExplainCommand.reasons(verdict), uid, change.daemonOption().words()));
    }
  }
}
