package org.uidnet.netd.daemon;

import java.time.Duration;
import java.util.Optional;
import org.uidnet.api.HostPort;
import org.uidnet.netd.StateDir;

/**
 * How the daemon works, on any platform.
 *
 * @param http where TCP is served; empty for the unix socket alone
 * @param pollInterval time between snapshots, 1 s to 5 min
 */
public record DaemonConfig(StateDir stateDir, Optional<HostPort> http, Duration pollInterval) {
  public DaemonConfig {
    if (pollInterval.compareTo(Duration.ofSeconds(1)) < 0
        || pollInterval.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException(
          "the poll interval is " + pollInterval.toSeconds() + " s; it must be 1 s to 5 min");
    }
  }
}
