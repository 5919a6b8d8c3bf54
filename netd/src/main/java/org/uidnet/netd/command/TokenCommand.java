package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.model.TokenRequest;
import org.uidnet.netd.command.Table.Column;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    header = "Tokens for programs that read over TCP.",
    description = {
      "",
      "Whoever sends such a token as Authorization: Bearer sees everything and changes nothing. The"
          + " daemon keeps its hash only, so it is shown once. To change something over TCP there is"
          + " admin.token in the state directory.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  uidnet token create grafana --for 90d",
      "  uidnet token list",
      "  uidnet token revoke 17"
    })
final class TokenCommand {
  private final Context context;

  TokenCommand(Context context) {
    this.context = context;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      header = "Tokens that may be used; never what they are.",
      footer = {"", "Examples:", "  uidnet token list"})
  int list(
      @Mixin DaemonOption daemonOption,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return daemonOption.show(
        context, json, ApiRequest.tokens(), answer -> table(answer.path("tokens")));
  }

  private Stream<String> table(JsonNode tokens) {
    if (tokens.isEmpty()) {
      return Stream.of("There are no tokens. One is made by: uidnet token create grafana");
    }
    LocalTimes times = new LocalTimes(context.clock().getZone());
    Table table =
        new Table(
            context.style(),
            List.of(
                Column.figure("TOKEN"),
                Column.text("FOR"),
                Column.text("MADE"),
                Column.text("GOOD UNTIL")));
    tokens.forEach(
        token ->
            table.row(
                List.of(
                    token.path("id").asText(),
                    Text.plain(token.path("name").asText()),
                    times.minute(token.path("createdAt").asText()),
                    token.has("expiresAt")
                        ? times.minute(token.path("expiresAt").asText())
                        : "no end")));
    return table.lines().stream();
  }

  /** At most one of them. */
  static final class End {
    @Option(
        names = "--for",
        paramLabel = "TIME",
        description = "Good for so long: 12h, 30d, 52w. Without it: until it is revoked.")
    private Optional<String> duration = Optional.empty();

    @Option(
        names = "--until",
        paramLabel = "TIME",
        description = "Good until then: 2027-03-01T12:00:00Z.")
    private Optional<String> until = Optional.empty();
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      header = "Make a token, and print it: the only time that it is shown.",
      footer = {
        "",
        "Examples:",
        "  uidnet token create grafana",
        "  uidnet token create backup-job --for 30d > token"
      })
  int create(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
      @ArgGroup(exclusive = true) @Nullable End end,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    DaemonClient daemon = daemonOption.daemon(context);
    JsonNode token =
        daemon.ask(
            ApiRequest.makeToken(
                new TokenRequest(
                    Optional.of(name),
                    end == null ? Optional.empty() : end.duration,
                    end == null ? Optional.empty() : end.until)));
    context.out().println(json ? JsonOutput.pretty(token) : token.path("token").asText());
    context.out().flush();
    context.note("this is token %s; it is not shown again".formatted(token.path("id").asText()));
    daemon.noteHealth();
    return ExitCode.OK;
  }

  @Command(
      name = "revoke",
      mixinStandardHelpOptions = true,
      header = "End a token; who listens to events with it is cut off.",
      footer = {"", "Examples:", "  uidnet token revoke 17"})
  int revoke(
      @Mixin DaemonOption daemonOption,
      @Parameters(paramLabel = "TOKEN", description = "Its number in uidnet token list.") long id,
      @Option(names = "--json", description = "Print the daemon's answer as JSON.") boolean json)
      throws IOException {
    return daemonOption.show(
        context,
        json,
        ApiRequest.revokeToken(id),
        change ->
            Stream.of(
                change.path("changed").asBoolean()
                    ? "token %d is revoked".formatted(id)
                    : "there was no token %d".formatted(id)));
  }
}
