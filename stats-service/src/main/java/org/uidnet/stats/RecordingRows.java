package org.uidnet.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.android.RecordedBucket;
import org.uidnet.stats.android.RecordedKey;
import org.uidnet.stats.android.RecordedSeries;
import org.uidnet.stats.android.Recorder;
import org.uidnet.stats.android.Recording;

/**
 * What a recording becomes in history.
 *
 * <pre>
 *  uid      usage by UID and set          and, added up, what UIDs used of each network
 *  uid_tag  usage by UID, set and tag
 *  xt, dev                                what each network carried
 * </pre>
 */
final class RecordingRows implements ImportRows {
  private final Books books;
  private final Recorder recorder;
  private final Map<Integer, BucketSums> usage = new HashMap<>();
  private final Map<Integer, BucketSums> truth = new HashMap<>();

  private RecordingRows(Books books, Recorder recorder) {
    this.books = books;
    this.recorder = recorder;
  }

  /** Names what the recording tells of; the books wait for the commit themselves. */
  static ImportRows of(Recording recording, Books books) {
    RecordingRows rows = new RecordingRows(books, recording.name().recorder());
    recording.series().forEach(rows::add);
    return rows;
  }

  @Override
  public int size() {
    return usage.size() + truth.size();
  }

  @Override
  public void forEach(Table table, BiConsumer<Integer, BucketSums> consumer) {
    (table == Table.USAGE ? usage : truth).forEach(consumer);
  }

  private void add(RecordedSeries series) {
    int iface = books.interfaces().idOf(Interface.ofRecording(recorder, series.networks()));
    switch (recorder) {
      case DEV, XT -> addTruth(iface, series, true);
      case UID -> {
        addUsage(iface, series);
        addTruth(iface, series, false);
      }
      case UID_TAG -> addUsage(iface, series);
    }
  }

  private void addUsage(int iface, RecordedSeries series) {
    int id = books.series().idOf(series(series.key(), iface));
    BucketSums sums = usage.computeIfAbsent(id, key -> new BucketSums());
    for (RecordedBucket bucket : series.buckets()) {
      sums.add(
          bucket.start(),
          series.bucketMillis(),
          Values.usage(bucket.traffic(), bucket.operations()));
    }
  }

  private void addTruth(int iface, RecordedSeries series, boolean device) {
    BucketSums sums = truth.computeIfAbsent(iface, key -> new BucketSums());
    for (RecordedBucket bucket : series.buckets()) {
      Traffic traffic = bucket.traffic();
      sums.add(
          bucket.start(),
          series.bucketMillis(),
          device ? Values.join(traffic, Traffic.NONE) : Values.join(Traffic.NONE, traffic));
    }
  }

  private static Series series(RecordedKey key, int iface) {
    long tag = Integer.toUnsignedLong(key.tag());
    CounterSet set = key.set() == 1 ? CounterSet.FOREGROUND : CounterSet.DEFAULT;
    return switch (key.uid()) {
      case RecordedKey.REMOVED -> new Series(Kind.REMOVED, 0, tag, set, iface);
      case RecordedKey.TETHERING -> new Series(Kind.FORWARDED, 0, tag, set, iface);
      default -> new Series(Kind.UID, key.uid(), tag, set, iface);
    };
  }
}
