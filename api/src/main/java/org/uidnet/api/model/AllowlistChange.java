package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** An allowlist after a change. */
public record AllowlistChange(
    @JsonUnwrapped AllowlistDocument list, @JsonUnwrapped Change change) {}
