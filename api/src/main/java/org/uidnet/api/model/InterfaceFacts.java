package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * What an interface of the host is: {@code PUT /v1/interfaces/{iface}}; what is absent is false.
 *
 * @param network what it is connected to; untrusted text
 */
public record InterfaceFacts(
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> vpn,
    Optional<String> network,
    @JsonProperty("default") Optional<Boolean> defaultNetwork) {}
