package org.uidnet.stats.android;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkType;

/** Recordings to read, made up. */
final class Samples {
  static final long HOUR = 3_600_000;
  static final long START = 1_194_220_800_000L;
  static final RecordingName UID = name(Recorder.UID);

  static final NetworkIdentitySet WIFI =
      NetworkIdentitySet.of(
          new NetworkIdentity(
              NetworkType.WIFI,
              -1,
              Optional.empty(),
              Optional.of("\"home\"wpa2-psk"),
              false,
              false,
              true,
              0,
              -1));

  static final NetworkIdentitySet MOBILE =
      NetworkIdentitySet.of(
          new NetworkIdentity(
              NetworkType.MOBILE,
              13,
              Optional.of("310260000000000"),
              Optional.empty(),
              true,
              true,
              false,
              2,
              1));

  private Samples() {}

  static RecordingName name(Recorder recorder) {
    return new RecordingName(recorder, START, OptionalLong.empty());
  }

  static RecordedSeries series(NetworkIdentitySet networks, int uid, RecordedBucket... buckets) {
    return new RecordedSeries(networks, new RecordedKey(uid, 0, 0), HOUR, List.of(buckets));
  }

  static RecordedBucket bucket(int hour, long rx, long rxPackets, long tx, long txPackets) {
    return new RecordedBucket(START + hour * HOUR, new Traffic(rx, rxPackets, tx, txPackets), hour);
  }

  static Recording read(byte[] bytes) {
    return read(UID, bytes);
  }

  static Recording read(RecordingName name, byte[] bytes) {
    try {
      return RecordingReader.read(name, new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recording of {@link #UID} with some keys, of some hundred bytes. */
  static List<RecordedSeries> random(Random random) {
    NetworkIdentitySet both =
        new NetworkIdentitySet(
            Stream.concat(WIFI.identities().stream(), MOBILE.identities().stream())
                .collect(Collectors.toSet()));
    List<RecordedSeries> all = new ArrayList<>();
    for (NetworkIdentitySet networks : List.of(WIFI, MOBILE, both)) {
      for (int key = random.nextInt(4); key >= 0; key--) {
        all.add(random(random, networks, key));
      }
    }
    return all;
  }

  private static RecordedSeries random(Random random, NetworkIdentitySet networks, int key) {
    int[] uids = {RecordedKey.REMOVED, RecordedKey.TETHERING, 10_000, 1_010_123};
    List<RecordedBucket> buckets = new ArrayList<>();
    for (int hour = random.nextInt(3); hour < 8; hour += 1 + random.nextInt(4)) {
      buckets.add(bucket(hour, value(random), value(random), value(random), value(random)));
    }
    return new RecordedSeries(
        networks, new RecordedKey(uids[key], random.nextInt(2), 0), HOUR, buckets);
  }

  private static long value(Random random) {
    return random.nextLong() >>> (20 + random.nextInt(44));
  }
}
