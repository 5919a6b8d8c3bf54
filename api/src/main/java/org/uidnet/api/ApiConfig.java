package org.uidnet.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where the server listens and whom it trusts.
 *
 * @param socket unix socket
 * @param http TCP address, none for the unix socket only
 * @param tokenFile file of the admin token, made if absent
 * @param admins UIDs that may do what root may, besides 0
 */
public record ApiConfig(
    Path socket, Optional<HostPort> http, Path tokenFile, Set<Long> admins, Limits limits) {
  public ApiConfig {
    admins = Set.copyOf(admins);
  }
}
