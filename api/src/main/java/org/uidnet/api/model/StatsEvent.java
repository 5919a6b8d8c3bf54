package org.uidnet.api.model;

import java.time.Instant;

/**
 * A snapshot was stored: the event {@code stats} of {@code GET /v1/events}.
 *
 * @param asOf when it was taken
 */
public record StatsEvent(Instant asOf) {}
