package org.uidnet.firewall;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a process may beyond what its state lets it, by Android's numbers; those about networks. */
public enum Capability {
  /** May use the network while power is saved. */
  POWER_RESTRICTED_NETWORK(8),
  /** May use metered networks while data saver is on. */
  USER_RESTRICTED_NETWORK(32);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  /** In Android's word of capabilities. */
  public int bit() {
    return bit;
  }

  static int bits(Set<Capability> capabilities) {
    return capabilities.stream().mapToInt(Capability::bit).sum();
  }

  static Set<Capability> ofBits(int bits) {
    return Arrays.stream(values())
        .filter(capability -> (bits & capability.bit) != 0)
        .collect(Collectors.toSet());
  }
}
