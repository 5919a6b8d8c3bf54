package org.uidnet.stats.android;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.network.NetworkIdentitySet;

/** A recording being written, for tests outside of this package. */
public final class Recordings {
  private final Recorder recorder;
  private final long bucketMillis;
  private final List<RecordedSeries> series = new ArrayList<>();

  private Recordings(Recorder recorder, long bucketMillis) {
    this.recorder = recorder;
    this.bucketMillis = bucketMillis;
  }

  public static Recordings of(Recorder recorder, long bucketMillis) {
    return new Recordings(recorder, bucketMillis);
  }

  /** Buckets of one key that begin at the times, each with the same traffic and one operation. */
  public Recordings add(
      NetworkIdentitySet networks, RecordedKey key, Traffic traffic, long... starts) {
    List<RecordedBucket> buckets = new ArrayList<>();
    for (long start : starts) {
      buckets.add(new RecordedBucket(start, traffic, 1));
    }
    series.add(new RecordedSeries(networks, key, bucketMillis, buckets));
    return this;
  }

  public RecordingName unfinished(long start) {
    return new RecordingName(recorder, start, OptionalLong.empty());
  }

  public RecordingName finished(long start, long end) {
    return new RecordingName(recorder, start, OptionalLong.of(end));
  }

  public byte[] bytes() {
    return RecordingWriter.write(series);
  }

  public InputStream stream() {
    return new ByteArrayInputStream(bytes());
  }
}
