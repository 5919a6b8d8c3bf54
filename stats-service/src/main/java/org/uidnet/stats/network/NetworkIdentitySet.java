package org.uidnet.stats.network;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

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

  /** Types of its networks: {@code mobile+vpn}, {@code unknown} if there are none. */
  public String label() {
    return identities.isEmpty() ? "unknown" : types();
  }

  private String types() {
    return sorted().map(identity -> identity.type().label()).distinct().collect(joining("+"));
  }

  /** The name of its first network that has one: network key or subscriber; untrusted text. */
  public Optional<String> network() {
    return sorted()
        .flatMap(identity -> identity.networkKey().or(identity::subscriber).stream())
        .findFirst();
  }

  private Stream<NetworkIdentity> sorted() {
    return identities.stream()
        .sorted(
            Comparator.comparing((NetworkIdentity identity) -> identity.type().code())
                .thenComparing(NetworkIdentity::toString));
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
