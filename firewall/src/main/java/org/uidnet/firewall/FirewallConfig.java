package org.uidnet.firewall;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Set;

/**
 * How the firewall is set up.
 *
 * @param directory where policy.mv.db is; made if need be
 * @param zone in which own rules tell hours, unless they name another
 * @param tunnels names of interfaces whose packets programs meet once more, in those below
 */
public record FirewallConfig(
    Path directory,
    Exemptions exemptions,
    BackgroundDelay backgroundDelay,
    ZoneId zone,
    Set<String> tunnels) {
  public FirewallConfig {
    tunnels = Set.copyOf(tunnels);
  }

  Path file() {
    return directory.resolve("policy.mv.db");
  }

  Path fileWithoutSuffix() {
    return directory.resolve("policy");
  }
}
