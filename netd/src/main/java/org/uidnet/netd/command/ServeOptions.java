package org.uidnet.netd.command;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.uidnet.fleet.FleetConfig;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.LogLevel;
import org.uidnet.netd.daemon.Profile;
import org.uidnet.netd.dbus.InputConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a daemon works, whatever it runs on. */
final class ServeOptions {
  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8477",
      converter = HttpAddress.Converter.class,
      description =
          "Where HTTP is served besides the unix socket, loopback only; 'none' for the socket alone."
              + " Default: ${DEFAULT-VALUE}.")
  private HttpAddress http;

  @Option(
      names = "--poll-interval",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = PollInterval.class,
      description = "Time between snapshots, 1s to 5m. Default: ${DEFAULT-VALUE}.")
  private Duration pollInterval;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      defaultValue = "linux",
      description =
          "Whom rules spare: 'linux', UIDs below 1000 and systemd's dynamic ones (allowlists, data"
              + " saver, lockdown); 'android', UIDs below 10000 (every rule). Default:"
              + " ${DEFAULT-VALUE}.")
  private Profile profile;

  @Option(
      names = "--history-max-size",
      paramLabel = "SIZE",
      converter = ByteCount.class,
      description = {
        "Such as 200MB: above it the oldest of the finest rows of history are deleted early, totals"
            + " never. Default: no limit."
      })
  private Optional<Long> historyMaxSize;

  @Mixin private TagOptions tags;
  @Mixin private AttributionOptions attribution;
  @Mixin private BackgroundOptions background;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      defaultValue = "warn",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private LogLevel logLevel;

  /**
   * What was asked for, with no service of a host to listen to, and no sink; logging follows from
   * now on.
   */
  DaemonConfig config(StateDir directory, Set<Long> admins) {
    logLevel.set();
    return new DaemonConfig(
        directory,
        http.address(),
        pollInterval,
        profile,
        admins,
        tags.config(),
        attribution.config(),
        background.config(),
        historyMaxSize.orElse(Long.MAX_VALUE),
        InputConfig.NONE,
        FleetConfig.NONE);
  }
}
