package org.uidnet.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.ExportBatch;
import org.uidnet.stats.ExportProgress;
import org.uidnet.stats.ExportQueue;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageKey;

/**
 * The queue of a host that counted some keys in each bucket since a time, all complete. What it
 * counted follows from numbers, so that a thousand of them need no memory.
 */
final class MemoryQueue implements ExportQueue {
  static final Instant DAY = Instant.parse("2026-03-01T00:00:00Z");
  static final Duration BUCKET = Duration.ofMinutes(5);

  private final Instant begin;
  private final int host;
  private final int buckets;
  private final int keys;
  private int next;

  MemoryQueue(int host, int buckets, int keys) {
    this(DAY, host, buckets, keys);
  }

  MemoryQueue(Instant begin, int host, int buckets, int keys) {
    this.begin = begin;
    this.host = host;
    this.buckets = buckets;
    this.keys = keys;
  }

  @Override
  public Optional<ExportBatch> next(int rows) {
    int end = Math.min(buckets, next + Math.max(1, rows / keys));
    return next == end ? Optional.empty() : Optional.of(batch(next, end));
  }

  private ExportBatch batch(int first, int end) {
    List<ExportBatch.Row> rows =
        IntStream.range(first, end)
            .boxed()
            .flatMap(bucket -> IntStream.range(0, keys).mapToObj(key -> row(bucket, key)))
            .toList();
    return new ExportBatch(start(first), start(end), "boot-" + host, rows);
  }

  private ExportBatch.Row row(int bucket, int key) {
    return new ExportBatch.Row(
        "boot-" + host,
        new Usage.Bucket(
            start(bucket), start(bucket + 1), new Usage.Row(key(key), traffic(bucket, key))));
  }

  private Instant start(int bucket) {
    return begin.plus(BUCKET.multipliedBy(bucket));
  }

  private Traffic traffic(int bucket, int key) {
    long bytes = 1_000L * (1 + key) + 7L * bucket + host;
    return new Traffic(bytes, bytes / 100, bytes / 3, bytes / 300);
  }

  private static UsageKey key(int key) {
    return new UsageKey(
        Kind.UID,
        Optional.of(1000L + key),
        Optional.of("user" + key),
        Optional.of(CounterSet.DEFAULT),
        Optional.of(0L),
        Optional.of("eth0"),
        Optional.empty(),
        Optional.of("ethernet"),
        Optional.of(false),
        Optional.of(false),
        Optional.of(true),
        Optional.empty(),
        Optional.empty(),
        false);
  }

  @Override
  public void sent(ExportBatch batch) {
    next = Math.max(next, (int) Duration.between(begin, batch.to()).dividedBy(BUCKET));
  }

  @Override
  public ExportProgress progress() {
    return new ExportProgress(start(next), start(buckets), Optional.empty());
  }

  long rows() {
    return (long) buckets * keys;
  }

  /** Of everything. */
  long rxBytes() {
    long bytes = 0;
    for (int bucket = 0; bucket < buckets; bucket++) {
      for (int key = 0; key < keys; key++) {
        bytes += traffic(bucket, key).rxBytes();
      }
    }
    return bytes;
  }
}
