package org.uidnet.firewall;

import java.nio.file.Path;

/**
 * How the firewall is set up.
 *
 * @param directory where policy.mv.db is; made if need be
 */
public record FirewallConfig(
    Path directory, Exemptions exemptions, BackgroundDelay backgroundDelay) {
  Path file() {
    return directory.resolve("policy.mv.db");
  }

  Path fileWithoutSuffix() {
    return directory.resolve("policy");
  }
}
