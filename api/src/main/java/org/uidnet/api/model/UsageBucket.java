package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;

/** One line of usage in one bucket. */
public record UsageBucket(Instant start, Instant end, @JsonUnwrapped UsageRow row) {}
