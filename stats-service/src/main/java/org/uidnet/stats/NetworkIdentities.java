package org.uidnet.stats;

import java.util.Optional;

/**
 * What a network interface is at present, beyond its name. Whoever changes an answer polls first,
 * so that earlier bytes keep the old identity.
 */
@FunctionalInterface
public interface NetworkIdentities {
  /** Nothing is known of any interface. */
  NetworkIdentities NONE = (netns, ifindex) -> Identity.PLAIN;

  Identity of(long netns, int ifindex);

  /** What is recorded beside the traffic; {@code network} is untrusted text. */
  record Identity(
      boolean metered, boolean roaming, Optional<String> network, boolean defaultNetwork) {
    public static final Identity PLAIN = new Identity(false, false, Optional.empty(), false);
  }
}
