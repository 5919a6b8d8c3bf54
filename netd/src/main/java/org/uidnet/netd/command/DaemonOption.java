package org.uidnet.netd.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.netd.StateDir;
import picocli.CommandLine.Option;

/** Where the daemon is: {@code --state-dir} of every command. */
final class DaemonOption {
  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "The daemon's directory. Default: /run/uidnet and /var/lib/uidnet.")
  private Optional<Path> directory;

  StateDir stateDir() {
    return directory.map(StateDir::in).orElse(StateDir.OF_HOST);
  }

  /** What a printed command needs to reach the same daemon. */
  String words() {
    return directory.map(dir -> " --state-dir " + dir).orElse("");
  }

  DaemonClient daemon(Context context) {
    return new DaemonClient(UidnetClient.overSocket(stateDir().apiSocket()), context);
  }

  /**
   * One question from asking to exit code.
   *
   * @param lines the answer for people
   */
  int show(
      Context context,
      boolean json,
      ApiRequest<?> request,
      Function<JsonNode, Stream<String>> lines)
      throws IOException {
    DaemonClient daemon = daemon(context);
    JsonNode answer = daemon.ask(request);
    if (json) {
      context.out().println(JsonOutput.pretty(answer));
    } else {
      lines.apply(answer).forEach(context.out()::println);
    }
    context.out().flush();
    daemon.noteHealth();
    return ExitCode.OK;
  }
}
