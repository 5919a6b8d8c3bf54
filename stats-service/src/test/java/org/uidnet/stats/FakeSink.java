package org.uidnet.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.uidnet.programs.Traffic;

/** A sink that keeps each row of a boot, bucket and key once, as the last that it was sent. */
final class FakeSink {
  private static final int ROWS = 10_000;

  private final Map<Object, Usage.Row> rows = new HashMap<>();

  private record Id(String boot, Usage.Bucket withoutTraffic) {}

  void takeAll(StatsService stats) {
    ExportQueue queue = stats.exportQueue("sink");
    for (Optional<ExportBatch> batch = queue.next(ROWS);
        batch.isPresent();
        batch = queue.next(ROWS)) {
      batch.get().rows().forEach(this::take);
      queue.sent(batch.get());
    }
  }

  private void take(ExportBatch.Row row) {
    Usage.Bucket bucket = row.bucket();
    UsageKey key = bucket.row().key().withName(Optional.empty());
    Usage.Bucket id =
        new Usage.Bucket(bucket.start(), bucket.end(), new Usage.Row(key, Traffic.NONE));
    rows.put(new Id(row.boot(), id), bucket.row());
  }

  Map<Long, Traffic> byUid() {
    Map<Long, Traffic> sums = new TreeMap<>();
    rows.values().stream()
        .filter(row -> !row.traffic().isZero()) // operations alone
        .forEach(row -> sums.merge(row.key().uid().orElse(-1L), row.traffic(), Traffic::plus));
    return sums;
  }

  long operations() {
    return rows.values().stream().mapToLong(Usage.Row::operations).sum();
  }
}
