package org.uidnet.stats;

import java.time.Instant;
import org.uidnet.stats.Usage.ImportedFile;
import org.uidnet.stats.android.RecordedBucket;
import org.uidnet.stats.android.RecordedSeries;
import org.uidnet.stats.android.Recording;

/**
 * A recording in the store.
 *
 * @param digest of the file, see {@link Recording}, or of what it tells, see {@link
 *     ExportedHistory}
 */
record Import(int id, String digest, ImportedFile file) {

  static Import of(Recording recording, int id, Instant now) {
    long start = recording.name().start();
    long first = recording.series().stream().mapToLong(Import::first).min().orElse(start);
    long end = recording.series().stream().mapToLong(Import::end).max().orElse(start);
    return new Import(
        id,
        recording.digest(),
        new ImportedFile(
            ImportName.of(recording.name()),
            now,
            Instant.ofEpochMilli(first),
            Instant.ofEpochMilli(end),
            recording.series().size(),
            recording.buckets(),
            recording.total()));
  }

  static Import of(ExportedHistory history, String source, int id, Instant now) {
    return new Import(
        id,
        history.digest(),
        new ImportedFile(
            ImportName.ofHistory(source, history.first()),
            now,
            Instant.ofEpochMilli(history.first()),
            Instant.ofEpochMilli(history.end()),
            history.keys(),
            history.buckets(),
            history.total()));
  }

  private static long first(RecordedSeries series) {
    return series.buckets().get(0).start();
  }

  private static long end(RecordedSeries series) {
    RecordedBucket last = series.buckets().get(series.buckets().size() - 1);
    return last.start() + series.bucketMillis();
  }

  boolean overlaps(long from, long to) {
    return first() < to && from < end();
  }

  long first() {
    return file.from().toEpochMilli();
  }

  long end() {
    return file.to().toEpochMilli();
  }

  /**
   * Whether this tells of more than another copy of the same file: a phone goes on writing to it
   * until its name gets an end. Of two finished ones the later import is the better one: the phone
   * has removed an app meanwhile.
   */
  boolean isAheadOf(Import other) {
    if (digest.equals(other.digest)) {
      return false;
    }
    if (isFinished() || other.isFinished()) {
      return isFinished();
    }
    return end() == other.end() ? bytes() > other.bytes() : end() > other.end();
  }

  private boolean isFinished() {
    return file.name().end().isPresent();
  }

  private long bytes() {
    return file.traffic().rxBytes() + file.traffic().txBytes();
  }
}
