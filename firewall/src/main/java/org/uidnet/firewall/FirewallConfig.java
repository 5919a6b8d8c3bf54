package org.uidnet.firewall;

import java.nio.file.Path;
import java.time.ZoneId;

/**
 * How the firewall is set up.
 *
 * @param directory where policy.mv.db is; made if need be
 * @param zone in which own rules tell hours, unless they name another
 */
public record FirewallConfig(
    Path directory, Exemptions exemptions, BackgroundDelay backgroundDelay, ZoneId zone) {
  Path file() {
    return directory.resolve("policy.mv.db");
  }

  Path fileWithoutSuffix() {
    return directory.resolve("policy");
  }
}
