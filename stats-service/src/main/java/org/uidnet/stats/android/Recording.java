package org.uidnet.stats.android;

import java.util.List;
import org.uidnet.programs.Traffic;

/**
 * All that one file holds. No counter's sum over the file exceeds {@link #MAX_TOTAL}.
 *
 * @param digest SHA-256 of the file in hexadecimal digits
 */
public record Recording(RecordingName name, String digest, List<RecordedSeries> series) {
  /** 9 PB: so that sums over many files never overflow, and JSON can tell each exactly. */
  static final long MAX_TOTAL = 1L << 53;

  public Recording {
    series = List.copyOf(series);
  }

  /** Everything together. */
  public Traffic total() {
    return series.stream().map(RecordedSeries::total).reduce(Traffic.NONE, Traffic::plus);
  }

  /** How many buckets all keys have together. */
  public int buckets() {
    return series.stream().mapToInt(each -> each.buckets().size()).sum();
  }
}
