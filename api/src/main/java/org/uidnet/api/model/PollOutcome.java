package org.uidnet.api.model;

import java.time.Instant;
import org.uidnet.programs.Traffic;

/** What a snapshot stored: {@code POST /v1/usage/poll}. */
public record PollOutcome(Instant asOf, int changedKeys, Traffic stored) {}
