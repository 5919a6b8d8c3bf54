package org.uidnet.stats.android;

import java.util.List;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.network.NetworkIdentitySet;

/**
 * One key of a recording and its buckets, the oldest first.
 *
 * @param networks over which it was used
 * @param bucketMillis length of every bucket, in milliseconds
 */
public record RecordedSeries(
    NetworkIdentitySet networks, RecordedKey key, long bucketMillis, List<RecordedBucket> buckets) {
  public RecordedSeries {
    buckets = List.copyOf(buckets);
  }

  /** All buckets together. */
  public Traffic total() {
    return buckets.stream().map(RecordedBucket::traffic).reduce(Traffic.NONE, Traffic::plus);
  }
}
