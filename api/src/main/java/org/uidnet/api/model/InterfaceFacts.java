package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What an interface of the host is: {@code PUT /v1/interfaces/{iface}}; what is absent is false.
 *
 * @param type what kind of network it leads to, as usage is asked for by {@code type}; absent: as
 *     its device tells
 * @param network what it is connected to; untrusted text
 */
public record InterfaceFacts(
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> vpn,
    Optional<String> type,
    Optional<String> network,
    @JsonProperty("default") Optional<Boolean> defaultNetwork) {
  /** One of which there is nothing to say. */
  public static final InterfaceFacts PLAIN =
      new InterfaceFacts(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public InterfaceFacts withMetered(boolean yes) {
    return new InterfaceFacts(Optional.of(yes), roaming, vpn, type, network, defaultNetwork);
  }

  public InterfaceFacts withRoaming(boolean yes) {
    return new InterfaceFacts(metered, Optional.of(yes), vpn, type, network, defaultNetwork);
  }

  public InterfaceFacts withVpn(boolean yes) {
    return new InterfaceFacts(metered, roaming, Optional.of(yes), type, network, defaultNetwork);
  }

  public InterfaceFacts withType(String name) {
    return new InterfaceFacts(metered, roaming, vpn, Optional.of(name), network, defaultNetwork);
  }

  public InterfaceFacts withNetwork(String name) {
    return new InterfaceFacts(metered, roaming, vpn, type, Optional.of(name), defaultNetwork);
  }

  public InterfaceFacts withDefaultNetwork(boolean yes) {
    return new InterfaceFacts(metered, roaming, vpn, type, network, Optional.of(yes));
  }
}
