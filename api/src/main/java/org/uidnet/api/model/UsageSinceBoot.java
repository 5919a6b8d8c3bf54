package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.programs.Traffic;

/**
 * Traffic of this boot: {@code GET /v1/usage/since-boot}.
 *
 * @param gaps times of this boot in which nothing was counted
 * @param total over the whole question, not only over this page's rows
 * @param nextCursor present while there are more rows
 */
public record UsageSinceBoot(
    Instant bootTime,
    Instant countedSince,
    List<Gap> gaps,
    Instant asOf,
    List<UsageRow> rows,
    Traffic total,
    Optional<String> nextCursor) {

  public UsageSinceBoot {
    gaps = List.copyOf(gaps);
    rows = List.copyOf(rows);
  }

  /** A time without counting. */
  public record Gap(Instant from, Instant to) {}
}
