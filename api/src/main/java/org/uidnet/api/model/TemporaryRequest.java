package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * Who shall be on an allowlist for a while: {@code POST /v1/allowlists/{name}/temporary}.
 *
 * @param duration {@code 10m}
 * @param until a time, or {@code reboot}; one of both is given
 */
public record TemporaryRequest(
    Optional<Long> uid, @JsonProperty("for") Optional<String> duration, Optional<String> until) {}
