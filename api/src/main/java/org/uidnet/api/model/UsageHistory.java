package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;

/**
 * Whole buckets: {@code GET /v1/usage/history}.
 *
 * @param resolution {@code 5m}, {@code 1h}, {@code 1d} or {@code 1mo}
 * @param mixed some buckets are coarser, because finer ones are no longer kept
 */
public record UsageHistory(
    String resolution,
    Instant from,
    Instant to,
    Instant asOf,
    boolean mixed,
    List<UsageBucket> buckets) {
  public UsageHistory {
    buckets = List.copyOf(buckets);
  }
}
