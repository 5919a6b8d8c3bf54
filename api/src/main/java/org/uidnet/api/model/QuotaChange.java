package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A quota after a change. */
public record QuotaChange(@JsonUnwrapped QuotaDocument quota, @JsonUnwrapped Change change) {}
