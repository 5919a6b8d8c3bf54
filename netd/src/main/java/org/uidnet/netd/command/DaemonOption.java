package org.uidnet.netd.command;

import java.nio.file.Path;
import java.util.Optional;
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
}
