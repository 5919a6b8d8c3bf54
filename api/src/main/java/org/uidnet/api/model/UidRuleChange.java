package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A UID's rule on a chain after a change. */
public record UidRuleChange(@JsonUnwrapped UidRule uidRule, @JsonUnwrapped Change change) {}
