package org.uidnet.stats.android;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;

/** Writes recordings of all versions, right ones and, number by number, wrong ones. */
final class RecordingWriter {
  static final int MAGIC = 0x414E4554;
  static final int NEWEST_IDENTITY = 7;
  static final int NEWEST_HISTORY = 3;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A recording of the newest versions. */
  static byte[] write(List<RecordedSeries> series) {
    return write(series, NEWEST_IDENTITY, NEWEST_HISTORY);
  }

  static byte[] write(List<RecordedSeries> series, int identityVersion, int historyVersion) {
    Map<NetworkIdentitySet, List<RecordedSeries>> sets =
        series.stream()
            .collect(
                Collectors.groupingBy(
                    RecordedSeries::networks, LinkedHashMap::new, Collectors.toList()));
    RecordingWriter writer = new RecordingWriter().header(sets.size());
    sets.forEach(
        (networks, keys) -> {
          writer.set(identityVersion, networks).i32(keys.size());
          keys.forEach(key -> writer.series(historyVersion, key));
        });
    return writer.bytes();
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  RecordingWriter header(int sets) {
    return i32(MAGIC).i32(16).i32(sets);
  }

  RecordingWriter set(int version, NetworkIdentitySet networks) {
    i32(version).i32(networks.identities().size());
    networks.identities().forEach(identity -> identity(version, identity));
    return this;
  }

  private void identity(int version, NetworkIdentity identity) {
    from(1, 1, version).i32(-123);
    from(1, 7, version).i32(identity.type().code()).i32(identity.radio());
    from(1, 7, version).text(identity.subscriber());
    from(3, 7, version).text(identity.networkKey());
    from(2, 7, version).u8(identity.roaming() ? 1 : 0);
    from(4, 7, version).u8(identity.metered() ? 1 : 0);
    from(5, 7, version).u8(identity.defaultNetwork() ? 1 : 0);
    from(6, 7, version).i32(identity.oem());
    from(7, 7, version).i32(identity.subscription());
  }

  /** This one, or one that throws away what it is told. */
  private RecordingWriter from(int first, int last, int version) {
    return version >= first && version <= last ? this : new RecordingWriter();
  }

  RecordingWriter series(int version, RecordedSeries series) {
    return key(series.key()).history(version, series.bucketMillis(), series.buckets());
  }

  RecordingWriter key(RecordedKey key) {
    return i32(key.uid()).i32(key.set()).i32(key.tag());
  }

  RecordingWriter history(int version, long bucketMillis, List<RecordedBucket> buckets) {
    i32(version).i64(bucketMillis);
    column(version, buckets, RecordedBucket::start);
    from(3, 3, version).column(version, buckets, bucket -> 1000);
    column(version, buckets, bucket -> bucket.traffic().rxBytes());
    from(2, 3, version).column(version, buckets, bucket -> bucket.traffic().rxPackets());
    column(version, buckets, bucket -> bucket.traffic().txBytes());
    from(2, 3, version).column(version, buckets, bucket -> bucket.traffic().txPackets());
    from(2, 3, version).column(version, buckets, RecordedBucket::operations);
    return this;
  }

  private void column(
      int version, List<RecordedBucket> buckets, ToLongFunction<RecordedBucket> value) {
    i32(buckets.size());
    for (RecordedBucket bucket : buckets) {
      if (version == 1) {
        i64(value.applyAsLong(bucket));
      } else {
        varint(value.applyAsLong(bucket));
      }
    }
  }

  RecordingWriter i32(int value) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  RecordingWriter i64(long value) {
    return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  RecordingWriter u8(int value) {
    out.write(value);
    return this;
  }

  RecordingWriter varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      u8((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return u8((int) rest);
  }

  RecordingWriter text(Optional<String> text) {
    if (text.isEmpty()) {
      return u8(0);
    }
    byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
    return u8(1).u8(bytes.length >> 8).u8(bytes.length).raw(bytes);
  }

  RecordingWriter raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }
}
