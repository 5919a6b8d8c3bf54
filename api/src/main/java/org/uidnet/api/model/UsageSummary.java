package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.programs.Traffic;

/**
 * Totals over {@code [from, to)}: {@code GET /v1/usage/summary}.
 *
 * @param asOf the last snapshot that is included
 * @param total over the whole question, not only over this page's rows
 * @param unattributed what the host's interfaces carried beyond what the hooks charged, signed;
 *     only for those who may see all
 * @param nextCursor present while there are more rows
 */
public record UsageSummary(
    Instant from,
    Instant to,
    Instant asOf,
    List<UsageRow> rows,
    Traffic total,
    Optional<Traffic> unattributed,
    Optional<String> nextCursor) {
  public UsageSummary {
    rows = List.copyOf(rows);
  }
}
