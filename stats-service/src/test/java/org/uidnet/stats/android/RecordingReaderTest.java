package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.uidnet.stats.android.Samples.HOUR;
import static org.uidnet.stats.android.Samples.MOBILE;
import static org.uidnet.stats.android.Samples.START;
import static org.uidnet.stats.android.Samples.UID;
import static org.uidnet.stats.android.Samples.WIFI;
import static org.uidnet.stats.android.Samples.bucket;
import static org.uidnet.stats.android.Samples.read;
import static org.uidnet.stats.android.Samples.series;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkType;

class RecordingReaderTest {
  private static final List<RecordedSeries> TWO_NETWORKS =
      List.of(
          series(WIFI, 10_001, bucket(0, 512, 4, 256, 2), bucket(3, 1, 2, 3, 4)),
          series(MOBILE, 1_010_002, bucket(1, 1L << 52, 0, 7, 1)));

  @Test
  void read_handsOverAllThatWasWritten() {
    Recording recording = read(RecordingWriter.write(TWO_NETWORKS));
    assertThat(recording.name()).isEqualTo(UID);
    assertThat(recording.series()).isEqualTo(TWO_NETWORKS);
    assertThat(recording.buckets()).isEqualTo(3);
    assertThat(recording.total()).isEqualTo(new Traffic((1L << 52) + 513, 6, 266, 7));
  }

  @Test
  void read_givesTheSha256OfTheFile() {
    byte[] empty = new RecordingWriter().header(0).bytes();
    assertThat(read(empty).digest())
        .isEqualTo("f5e6529f454b7961148d7b4f1932ac34ae65ad6291b2bdc7e7ba72c7ea5a821b");
  }

  @Test
  void read_ofAStreamThatComesByteByByte_isTheSame() throws IOException {
    byte[] bytes = RecordingWriter.write(TWO_NETWORKS);
    InputStream trickle =
        new ByteArrayInputStream(bytes) {
          @Override
          public synchronized int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(1, length));
          }
        };
    assertThat(RecordingReader.read(UID, trickle)).isEqualTo(read(bytes));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
  void read_ofOldIdentities_addsWhatAndroidAdds(int version) {
    byte[] bytes = RecordingWriter.write(TWO_NETWORKS, version, 3);
    List<RecordedSeries> series = read(bytes).series();
    assertThat(series.get(0).networks())
        .isEqualTo(
            NetworkIdentitySet.of(
                new NetworkIdentity(
                    NetworkType.WIFI,
                    -1,
                    Optional.empty(),
                    Optional.of("\"home\"wpa2-psk").filter(key -> version >= 3),
                    false,
                    false,
                    true,
                    0,
                    -1)));
    assertThat(series.get(1).networks())
        .isEqualTo(
            NetworkIdentitySet.of(
                new NetworkIdentity(
                    NetworkType.MOBILE,
                    13,
                    Optional.of("310260000000000"),
                    Optional.empty(),
                    version >= 2,
                    true,
                    version < 5,
                    version >= 6 ? 2 : 0,
                    version >= 7 ? 1 : -1)));
  }

  @Test
  void read_ofHistoryVersion2_knowsAllButActiveTime() {
    assertThat(read(RecordingWriter.write(TWO_NETWORKS, 7, 2)).series()).isEqualTo(TWO_NETWORKS);
  }

  /** Android's acceptance case 1; the buckets between are ours. */
  @Test
  void case01_readOfOriginalHistory_has15SecondBuckets() {
    List<RecordedBucket> buckets =
        List.of(
            bytes(0, 29_143, 6223),
            bytes(1, 100_000, 20_000),
            bytes(2, 100_000, 20_000),
            bytes(3, 101_782, 17_253),
            bytes(4, 1476, 838));
    byte[] history = new RecordingWriter().history(1, 15_000, buckets).bytes();
    assertThat(history).hasSize(144);
    Recording recording = read(oneKey().raw(history).bytes());
    assertThat(recording.series().get(0).bucketMillis()).isEqualTo(15_000);
    assertThat(recording.series().get(0).buckets()).isEqualTo(buckets);
    assertThat(recording.total()).isEqualTo(new Traffic(332_401, 0, 64_314, 0));
  }

  private static RecordedBucket bytes(int index, long rx, long tx) {
    return new RecordedBucket(START + index * 15_000, new Traffic(rx, 0, tx, 0), 0);
  }

  /** Android's acceptance case 12. */
  @Test
  void case12_writtenAndRead_isTheSame() {
    List<RecordedSeries> series =
        List.of(
            series(
                WIFI,
                10_001,
                new RecordedBucket(START, new Traffic(1024, 10, 2048, 20), 4),
                new RecordedBucket(START + 3 * HOUR, new Traffic(10, 20, 30, 40), 50)));
    Recording recording = read(RecordingWriter.write(series));
    assertThat(recording.series()).isEqualTo(series);
    assertThat(recording.total()).isEqualTo(new Traffic(1034, 30, 2078, 60));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, -1, -16_384, Long.MAX_VALUE, Long.MIN_VALUE})
  void case12_varint_isUndoneForAllNumbers(long value) throws IOException {
    byte[] bytes = new RecordingWriter().varint(value).bytes();
    RecordingInput in = new RecordingInput("numbers", new ByteArrayInputStream(bytes));
    assertThat(in.varint("a number")).isEqualTo(value);
    assertThat(in.offset()).isEqualTo(bytes.length);
  }

  /**
   * Android's acceptance cases 14 to 16 with totals as there; older containers than version 16 are
   * refused, since no phone of the last ten years has them.
   */
  @ParameterizedTest
  @CsvSource({
    "UID, 636014522, 709291, 88037144, 518820",
    "UID, 637073904, 711398, 88342093, 521006",
    "UID_TAG, 77017831, 100995, 35436758, 92344"
  })
  void case14to16_readOfOldVersions_keepsTotals(
      Recorder recorder, long rx, long rxPackets, long tx, long txPackets) {
    RecordedKey key = new RecordedKey(10_001, 0, recorder == Recorder.UID_TAG ? 1 : 0);
    List<RecordedSeries> series =
        List.of(
            new RecordedSeries(
                WIFI, key, HOUR, List.of(bucket(0, rx, rxPackets, 0, 0), bucket(9, 0, 0, 1, 1))),
            new RecordedSeries(MOBILE, key, HOUR, List.of(bucket(4, 0, 0, tx - 1, txPackets - 1))));
    for (int identities = 1; identities <= RecordingWriter.NEWEST_IDENTITY; identities++) {
      byte[] bytes = RecordingWriter.write(series, identities, 2);
      assertThat(read(Samples.name(recorder), bytes).total())
          .isEqualTo(new Traffic(rx, rxPackets, tx, txPackets));
    }
  }

  /**
   * Android's acceptance case 23 compares two decoders: here columns of fixed and of any length.
   */
  @Test
  void case23_bothEncodings_giveTheSameBuckets() {
    List<RecordedSeries> series = List.of(series(WIFI, 10_001, bucket(0, 512, 0, 256, 0)));
    assertThat(read(RecordingWriter.write(series, 7, 1)).series())
        .isEqualTo(read(RecordingWriter.write(series, 7, 3)).series());
  }

  /** Android's acceptance case 11. */
  @Test
  void case11_readOfAbsentColumns_givesZeros() {
    RecordingWriter history = oneKey().i32(3).i64(HOUR).i32(2).varint(START).varint(START + HOUR);
    history.i32(-1).i32(2).varint(1024).varint(2).i32(-1);
    history.i32(2).varint(2048).varint(2).i32(-1).i32(-1);
    Recording recording = read(history.bytes());
    assertThat(recording.total()).isEqualTo(new Traffic(1026, 0, 2050, 0));
    assertThat(recording.buckets()).isEqualTo(2);
  }

  @Test
  void read_ofKeysWithoutBuckets_leavesThemOut() {
    RecordingWriter bytes = oneKey().history(3, HOUR, List.of());
    assertThat(read(bytes.bytes()).series()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void read_ofEachRecorder_takesItsKeys(Recorder recorder) {
    RecordedKey key =
        switch (recorder) {
          case DEV -> new RecordedKey(RecordedKey.ALL, 0, 0);
          case XT -> new RecordedKey(RecordedKey.ALL, -1, 0);
          case UID -> new RecordedKey(RecordedKey.TETHERING, 0, 0);
          case UID_TAG -> new RecordedKey(1000, 1, 0xFFFFFF82);
        };
    RecordedSeries series = new RecordedSeries(WIFI, key, HOUR, List.of(bucket(0, 1, 1, 1, 1)));
    byte[] bytes = RecordingWriter.write(List.of(series));
    assertThat(read(Samples.name(recorder), bytes).series()).containsExactly(series);
  }

  @Test
  void read_ofNamesInModifiedUtf8_isTheSameAsInUtf8() {
    String name = "\"caf\u00e9 \ud83d\ude00\"open";
    byte[] modified = {
      '"',
      'c',
      'a',
      'f',
      (byte) 0xc3,
      (byte) 0xa9,
      ' ',
      (byte) 0xed,
      (byte) 0xa0,
      (byte) 0xbd,
      (byte) 0xed,
      (byte) 0xb8,
      (byte) 0x80,
      '"',
      'o',
      'p',
      'e',
      'n'
    };
    assertThat(networkKey(name.getBytes(StandardCharsets.UTF_8))).isEqualTo(name);
    assertThat(networkKey(modified)).isEqualTo(name);
  }

  private static String networkKey(byte[] encoded) {
    RecordingWriter bytes = new RecordingWriter().header(1).i32(3).i32(1).i32(1).i32(-1);
    bytes.u8(0).u8(1).u8(0).u8(encoded.length).raw(encoded).u8(0).i32(1);
    bytes.series(3, TWO_NETWORKS.get(0));
    NetworkIdentitySet networks = read(bytes.bytes()).series().get(0).networks();
    return networks.identities().iterator().next().networkKey().orElseThrow();
  }

  @Test
  void read_ofAnotherFile_saysWhatItIsNot() {
    refused("PK34".getBytes(StandardCharsets.US_ASCII), 0)
        .withMessage(UID + ", byte 0: expected \"ANET\" (414e4554), found 504b3334");
  }

  @Test
  void read_ofUnknownVersions_namesPlaceAndVersion() {
    refused(new RecordingWriter().i32(RecordingWriter.MAGIC).i32(17), 4)
        .withMessageEndingWith("expected version 16, found 17");
    refused(new RecordingWriter().header(1).i32(8), 12)
        .withMessageEndingWith("expected identity set version 1 to 7, found 8");
    RecordingWriter key = oneKey();
    refused(key.i32(4), key.bytes().length - 4)
        .withMessageEndingWith("expected history version 1 to 3, found 4");
  }

  @Test
  void read_ofNegativeSizes_refusesThem() {
    refused(new RecordingWriter().header(-1), 8)
        .withMessageEndingWith("expected number of identity sets, 0 to 1000, found -1");
    refused(new RecordingWriter().header(1).i32(7).i32(-5), 16)
        .withMessageEndingWith("expected number of identities, 0 to 32, found -5");
    refused(new RecordingWriter().header(1).i32(7).i32(0).i32(Integer.MIN_VALUE), 20)
        .withMessageEndingWith("expected number of keys, 0 to 20000, found -2147483648");
    refusedHistory(new RecordingWriter().i32(3).i64(HOUR).i32(-2), 12)
        .withMessageEndingWith("expected number of bucket starts, -1 or more, found -2");
    refusedHistory(new RecordingWriter().i32(1).i64(HOUR).i32(-1), 12)
        .withMessageEndingWith("expected number of bucket starts, 0 or more, found -1");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MAX_VALUE})
  void read_ofOddBucketLengths_refusesThem(long millis) {
    refusedHistory(new RecordingWriter().i32(3).i64(millis), 4)
        .withMessageEndingWith("expected a bucket length of up to a year, found " + millis);
  }

  @Test
  void read_ofColumnsOfDifferentLength_refusesThem() {
    RecordingWriter history = new RecordingWriter().i32(3).i64(HOUR).i32(1).varint(0);
    refusedHistory(history.i32(2), 17)
        .withMessageEndingWith("expected active time of 1 buckets, found 2");
  }

  @Test
  void read_ofBucketsOutOfOrder_refusesThem() {
    RecordingWriter history = new RecordingWriter().i32(3).i64(HOUR).i32(2).varint(5).varint(5);
    refusedHistory(history, 17)
        .withMessageEndingWith("expected a bucket start after 5 and before the year 2100, found 5");
    refusedHistory(new RecordingWriter().i32(3).i64(HOUR).i32(1).varint(-3), 16)
        .withMessageEndingWith("found -3");
    refusedHistory(new RecordingWriter().i32(3).i64(HOUR).i32(1).varint(Long.MAX_VALUE), 16)
        .withMessageEndingWith("found 9223372036854775807");
  }

  @Test
  void read_ofCountersThatNoPhoneHas_refusesThem() {
    refusedHistory(new RecordingWriter().i32(1).i64(HOUR).i32(1).i64(0).i32(1).i64(-1), 28)
        .withMessageEndingWith("found -1");
    byte[] twice =
        RecordingWriter.write(
            List.of(
                series(WIFI, 10_001, bucket(0, 1L << 52, 0, 0, 0)),
                series(WIFI, 10_002, bucket(0, (1L << 52) + 1, 0, 0, 0))));
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(twice))
        .withMessageContaining("rx bytes of 0 or more, and at most 9007199254740992 in all");
  }

  @Test
  void read_ofVarintsOverTenBytes_refusesThem() {
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0x80);
    refusedHistory(new RecordingWriter().i32(3).i64(HOUR).i32(1).raw(endless), 16)
        .withMessageContaining("in at most 10 bytes");
    Arrays.fill(endless, (byte) 0xff);
    endless[9] = 2;
    refusedHistory(new RecordingWriter().i32(3).i64(HOUR).i32(1).raw(endless), 16)
        .withMessageContaining("in 64 bits");
  }

  @Test
  void read_ofKeysOfAnotherRecorder_refusesThem() {
    byte[] ofUids = RecordingWriter.write(TWO_NETWORKS);
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(Samples.name(Recorder.XT), ofUids))
        .withMessageEndingWith("expected a UID of recorder xt, found 10001");
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(Samples.name(Recorder.UID_TAG), ofUids))
        .withMessageEndingWith("expected a tag, found 0");
    refused(oneSet().i32(-2), 61).withMessageEndingWith("expected a UID of recorder uid, found -2");
    refused(oneSet().i32(0).i32(1001), 65)
        .withMessageEndingWith("expected a counter set of -1, 0 or 1, found 1001");
    refused(oneSet().i32(0).i32(0).i32(9), 69)
        .withMessageEndingWith("expected tag 0 (only uid_tag tells tags), found 9");
  }

  @Test
  void read_ofMoreThanARecording_refusesIt() {
    byte[] whole = RecordingWriter.write(TWO_NETWORKS);
    refused(new RecordingWriter().raw(whole).u8(0), whole.length)
        .withMessageEndingWith("expected the end of the file, found more bytes");
  }

  @Test
  void read_ofBadText_refusesIt() {
    RecordingWriter bytes = new RecordingWriter().header(1).i32(1).i32(1).i32(0).i32(0).i32(0);
    refused(bytes.u8(1).u8(0).u8(1).u8(0xff), 33)
        .withMessageEndingWith("expected subscriber in UTF-8, found other bytes");
    RecordingWriter odd = new RecordingWriter().header(1).i32(1).i32(1).i32(0).i32(0).i32(0);
    refused(odd.u8(2), 32).withMessageEndingWith("presence of subscriber, 0 or 1, found 2");
  }

  @Test
  void read_ofLongTexts_refusesThem() {
    RecordingWriter bytes = new RecordingWriter().header(1).i32(1).i32(1).i32(0).i32(0).i32(0);
    refused(bytes.u8(1).u8(0xff).u8(0xff), 33)
        .withMessageEndingWith("expected subscriber of at most 1000 bytes, found 65535");
  }

  /** Claims that nothing follows must not cost memory, and what follows no more than a limit. */
  @Test
  void read_ofGiantArrays_takesLittleMemory() {
    refusedCheaply(history().i32(Integer.MAX_VALUE).bytes(), "the end of the file at byte");
    refusedCheaply(
        history().i32(Integer.MAX_VALUE).raw(new byte[4 << 20]).bytes(), "a bucket start after 0");
    refusedCheaply(
        new RecordingWriter().header(Integer.MAX_VALUE).bytes(), "0 to 1000, found 2147483647");
    refusedCheaply(
        new RecordingWriter().header(1).i32(7).i32(Integer.MAX_VALUE).bytes(),
        "0 to 32, found 2147483647");
    refusedCheaply(
        new RecordingWriter().header(1).set(7, WIFI).i32(20_001).bytes(), "0 to 20000, found");
    refusedCheaply(
        history().i32(20_000).raw(ascending(20_000)).bytes(),
        "at most 16384 different buckets in a file");
    RecordingWriter keys = new RecordingWriter().header(1).set(7, WIFI).i32(20);
    for (int i = 0; i < 20; i++) {
      keys.key(new RecordedKey(10_000 + i, 0, 0)).i32(3).i64(HOUR).i32(10_000);
      keys.raw(ascending(10_000)).i32(-1).i32(-1).i32(-1).i32(-1).i32(-1).i32(-1);
    }
    refusedCheaply(keys.bytes(), "a recording that fits into");
    RecordingWriter texts = new RecordingWriter().header(1000);
    for (int i = 0; i < 32_000; i++) {
      texts.raw(i % 32 == 0 ? new RecordingWriter().i32(7).i32(32).bytes() : new byte[0]);
      texts.i32(0).i32(i).u8(1).u8(3).u8(0xe8).raw(new byte[1000]);
      texts.u8(0).u8(0).u8(0).u8(0).i32(0).i32(0);
      texts.raw(i % 32 == 31 ? new RecordingWriter().i32(0).bytes() : new byte[0]);
    }
    refusedCheaply(texts.bytes(), "a recording that fits into");
  }

  private static byte[] ascending(int count) {
    RecordingWriter starts = new RecordingWriter();
    for (int i = 0; i < count; i++) {
      starts.varint(i);
    }
    return starts.bytes();
  }

  private static RecordingWriter history() {
    return oneKey().i32(3).i64(HOUR);
  }

  private static void refusedCheaply(byte[] bytes, String message) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(bytes))
        .withMessageContaining(message);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated).as("bytes allocated").isLessThan(64 << 20);
  }

  private static RecordingWriter oneSet() {
    return new RecordingWriter().header(1).set(7, WIFI).i32(1);
  }

  private static RecordingWriter oneKey() {
    return oneSet().key(new RecordedKey(10_001, 0, 0));
  }

  private static ThrowableAssertAlternative<RecordingException> refusedHistory(
      RecordingWriter history, int at) {
    byte[] key = oneKey().bytes();
    return refused(new RecordingWriter().raw(key).raw(history.bytes()), key.length + at);
  }

  private static ThrowableAssertAlternative<RecordingException> refused(
      RecordingWriter bytes, long at) {
    return refused(bytes.bytes(), at);
  }

  private static ThrowableAssertAlternative<RecordingException> refused(byte[] bytes, long at) {
    return assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(bytes))
        .satisfies(error -> assertThat(error.offset()).isEqualTo(at))
        .satisfies(error -> assertThat(error.file()).isEqualTo(UID.toString()));
  }
}
