package org.uidnet.stats;

import java.util.Optional;
import org.uidnet.programs.Networks;
import org.uidnet.stats.network.NetworkType;

/**
 * What a network interface is at present, beyond its name. Whoever changes an answer polls first,
 * so that earlier bytes keep the old identity.
 */
@FunctionalInterface
public interface NetworkIdentities {
  /** Nothing is known of any interface. */
  NetworkIdentities NONE = link -> Identity.PLAIN;

  Identity of(Networks.Interface link);

  /** What is recorded beside the traffic; {@code network} is untrusted text. */
  record Identity(
      NetworkType type,
      boolean metered,
      boolean roaming,
      Optional<String> network,
      boolean defaultNetwork) {
    public static final Identity PLAIN =
        new Identity(NetworkType.NONE, false, false, Optional.empty(), false);
  }
}
