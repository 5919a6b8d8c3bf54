package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A chain after a change, without its list, which may be long. */
public record ChainChange(
    String chain, ChainKind kind, boolean enabled, @JsonUnwrapped Change change) {}
