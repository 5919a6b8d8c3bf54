package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A read-only token as it shall be: {@code POST /v1/tokens}.
 *
 * @param name what it is for
 * @param duration for which it is good, {@code 30d}
 * @param until a time; without both it is good until it is revoked
 */
public record TokenRequest(
    Optional<String> name,
    @JsonProperty("for") Optional<String> duration,
    Optional<String> until) {}
