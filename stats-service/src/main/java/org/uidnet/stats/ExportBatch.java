package org.uidnet.stats;

import java.time.Instant;
import java.util.List;

/**
 * All that was counted in some complete five-minute buckets.
 *
 * @param from when the first of them begins
 * @param to when the last of them ends
 * @param boot the kernel's name for the boot in which the last of them was counted
 * @param rows by bucket, each key of a bucket once; none if nothing was counted
 */
public record ExportBatch(Instant from, Instant to, String boot, List<Row> rows) {
  public ExportBatch {
    rows = List.copyOf(rows);
  }

  /**
   * One key's usage in one bucket. Rows are disjoint: unlike answers about usage, those without a
   * tag do not hold tagged traffic.
   *
   * @param boot the one that the bucket was counted in; where a bucket saw two, the later one
   */
  public record Row(String boot, Usage.Bucket bucket) {}
}
