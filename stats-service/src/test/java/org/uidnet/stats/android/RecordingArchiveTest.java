package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.uidnet.stats.android.Samples.WIFI;
import static org.uidnet.stats.android.Samples.bucket;
import static org.uidnet.stats.android.Samples.series;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordingArchiveTest {
  private static final byte[] RECORDING =
      RecordingWriter.write(List.of(series(WIFI, 10_001, bucket(0, 512, 4, 256, 2))));

  @Test
  void read_showsRecordingsAndPassesOverTheRest() {
    byte[] zip =
        zip(
            Map.of(
                "netstats/", new byte[0],
                "netstats/uid.1-2", RECORDING,
                "deep/er/uid.5-", RECORDING,
                "netstats/import.attempts", new byte[] {0, 0, 0, 1},
                "../../uid.7-8", RECORDING));
    assertThat(read(zip))
        .extracting(recording -> recording.name().toString())
        .containsExactlyInAnyOrder("uid.1-2", "uid.5-", "uid.7-8");
    assertThat(read(zip)).allMatch(recording -> recording.buckets() == 1);
  }

  @Test
  void read_goesOnWhereAVisitorStoppedReading() {
    byte[] zip = zip(Map.of("uid.1-2", new byte[100_000], "uid.3-4", RECORDING));
    List<String> names = new ArrayList<>();
    read(zip, (name, content) -> names.add(name.toString() + content.read()));
    assertThat(names).containsExactlyInAnyOrder("uid.1-20", "uid.3-4" + RECORDING[0]);
  }

  @Test
  void read_ofWhatIsNoArchive_saysSo() {
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(RECORDING))
        .withMessageContaining("test.zip, byte " + RECORDING.length)
        .withMessageContaining("expected the directory of a zip archive with 0 files, found none");
  }

  @Test
  void read_ofEveryTruncation_isAnError() {
    byte[] zip = zip(Map.of("uid.1-2", RECORDING, "uid.3-4", RECORDING));
    for (int length = 0; length < zip.length; length++) {
      byte[] part = Arrays.copyOf(zip, length);
      assertThatExceptionOfType(RecordingException.class)
          .as("%d of %d bytes", length, zip.length)
          .isThrownBy(() -> read(part));
    }
  }

  @Test
  void read_ofFlippedBits_isAnErrorOrTheSame() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] zip = zip(Map.of("uid.1-2", RECORDING));
    List<Recording> whole = read(zip);
    for (int i = 0; i < 4000; i++) {
      int bit = random.nextInt(8 * zip.length);
      zip[bit / 8] ^= (byte) (1 << bit % 8);
      requireErrorOrSame(zip, whole, seed);
      zip[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  /** A name may have become that of something else, or of a recording of another time. */
  private static void requireErrorOrSame(byte[] zip, List<Recording> whole, long seed) {
    try {
      assertThat(read(zip))
          .as("seed " + seed)
          .allMatch(recording -> recording.series().equals(whole.get(0).series()));
    } catch (RecordingException e) {
      assertThat(e.offset()).as("seed " + seed).isNotNegative();
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  @Test
  void read_ofABomb_stopsAtTheRatio() {
    byte[] bomb = zip(Map.of("uid.1-2", new byte[50 << 20]));
    long[] seen = {0};
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(bomb, (name, content) -> seen[0] = count(content)))
        .withMessageContaining("expand to at most 100 times the archive's size");
    assertThat(seen[0]).isZero();
  }

  /** An entry that nobody reads must be expanded to find the next. */
  @Test
  void read_ofABombInAnotherFile_stopsAtTheRatio() {
    byte[] bomb = zip(Map.of("picture.png", new byte[50 << 20]));
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(bomb))
        .withMessageContaining("expand to at most 100 times the archive's size");
  }

  /** The visitor may take an error of the archive for one of the recording. */
  @Test
  void read_ofABombWhoseErrorIsCaught_stopsAllTheSame() {
    byte[] bomb = zip(Map.of("uid.1-2", new byte[50 << 20]));
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(bomb, RecordingArchiveTest::countQuietly))
        .withMessageContaining("expand to at most 100 times the archive's size");
  }

  private static void countQuietly(RecordingName name, InputStream content) throws IOException {
    try {
      count(content);
    } catch (RecordingException e) {
      assertThat(e.file()).isEqualTo("test.zip");
    }
  }

  @Test
  void read_ofTooMuch_stops() throws IOException {
    InputStream large = largeZip(65);
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> RecordingArchive.read("test.zip", large, (name, content) -> {}))
        .withMessageContaining("files of at most 64 MiB together");
  }

  /** Enough of it does not shrink, so that the ratio allows the rest. */
  private static InputStream largeZip(int megabytes) throws IOException {
    byte[] megabyte = new byte[1 << 20];
    byte[] noise = new byte[megabyte.length / 20];
    new Random(1).nextBytes(noise);
    System.arraycopy(noise, 0, megabyte, 0, noise.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("uid.1-2"));
      for (int i = 0; i < megabytes; i++) {
        zip.write(megabyte);
      }
    }
    return new ByteArrayInputStream(out.toByteArray());
  }

  @Test
  void read_ofTooManyFiles_stops() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i <= RecordingArchive.MAX_ENTRIES; i++) {
      files.put("uid.1-" + i, new byte[0]);
    }
    byte[] zip = zip(files);
    assertThatExceptionOfType(RecordingException.class)
        .isThrownBy(() -> read(zip, (name, content) -> {}))
        .withMessageContaining("at most 10000 files in an archive");
  }

  private static List<Recording> read(byte[] zip) {
    List<Recording> recordings = new ArrayList<>();
    read(zip, (name, content) -> recordings.add(RecordingReader.read(name, content)));
    return recordings;
  }

  private static void read(byte[] zip, RecordingArchive.Visitor visitor) {
    try {
      RecordingArchive.read("test.zip", new ByteArrayInputStream(zip), visitor);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long count(InputStream content) throws IOException {
    return content.transferTo(OutputStream.nullOutputStream());
  }

  private static byte[] zip(Map<String, byte[]> files) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
