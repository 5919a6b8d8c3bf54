package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.Optional;
import org.uidnet.firewall.ProcessState;

/**
 * The process state of a UID after a report.
 *
 * @param state as it is known now
 * @param stale whether the report came too late and was ignored
 * @param effectiveAt about when the UID is taken to be in the background, if that waits
 */
public record ProcessStateChange(
    long uid,
    Optional<ProcessState> state,
    boolean stale,
    Optional<Instant> effectiveAt,
    @JsonUnwrapped Change change) {}
