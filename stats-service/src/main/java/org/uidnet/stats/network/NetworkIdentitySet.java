package org.uidnet.stats.network;

import java.util.Set;

/**
 * The networks behind one interface, as a tunnel may use several at once. Metered or roaming if any
 * of them is; the default network if all of them are.
 */
public record NetworkIdentitySet(Set<NetworkIdentity> identities) {
  public NetworkIdentitySet {
    identities = Set.copyOf(identities);
  }

  public static NetworkIdentitySet of(NetworkIdentity... identities) {
    return new NetworkIdentitySet(Set.of(identities));
  }

  public boolean isMetered() {
    return identities.stream().anyMatch(NetworkIdentity::metered);
  }

  public boolean isRoaming() {
    return identities.stream().anyMatch(NetworkIdentity::roaming);
  }

  /** True also for an empty set. */
  public boolean isDefaultNetwork() {
    return identities.stream().allMatch(NetworkIdentity::defaultNetwork);
  }
}
