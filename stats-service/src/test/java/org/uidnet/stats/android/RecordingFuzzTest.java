package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever the bytes are: a whole recording, or one error with its place. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RecordingFuzzTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void read_ofEveryTruncation_saysWhereTheEndIs() {
    byte[] whole = RecordingWriter.write(Samples.random(random));
    for (int length = 0; length < whole.length; length++) {
      byte[] part = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(RecordingException.class)
          .as("seed %d, %d of %d bytes", seed, length, whole.length)
          .isThrownBy(() -> Samples.read(part))
          .withMessageEndingWith("found the end of the file at byte " + length);
    }
  }

  @Test
  void read_ofRandomRecordings_handsOverAllThatWasWritten() {
    for (int i = 0; i < 100; i++) {
      var series = Samples.random(random);
      assertThat(Samples.read(RecordingWriter.write(series)).series())
          .as("seed " + seed)
          .containsExactlyInAnyOrderElementsOf(series);
    }
  }

  /** Without checksums a flipped bit may give another number, but never something impossible. */
  @Test
  void read_ofFlippedBits_isAnErrorOrAPossibleRecording() {
    int read = 0;
    int refused = 0;
    for (int round = 0; round < 10; round++) {
      byte[] whole = RecordingWriter.write(Samples.random(random));
      for (int flip = 0; flip < 200; flip++) {
        if (readOrRefuse(flipped(whole))) {
          read++;
        } else {
          refused++;
        }
      }
    }
    assertThat(read).as("seed " + seed).isPositive();
    assertThat(refused).as("seed " + seed).isPositive();
  }

  private byte[] flipped(byte[] whole) {
    byte[] bytes = whole.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      int bit = random.nextInt(8 * bytes.length);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    return bytes;
  }

  @Test
  void read_ofNoise_isAnError() {
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[random.nextInt(500)];
      random.nextBytes(noise);
      byte[] header = new RecordingWriter().header(1 + random.nextInt(3)).bytes();
      System.arraycopy(header, 0, noise, 0, Math.min(header.length, noise.length));
      readOrRefuse(noise);
    }
  }

  /** Whether it could be read. */
  private boolean readOrRefuse(byte[] bytes) {
    Optional<Recording> recording = Optional.empty();
    try {
      recording = Optional.of(Samples.read(bytes));
    } catch (RecordingException e) {
      assertThat(e.offset()).as("seed " + seed).isBetween(0L, (long) bytes.length);
    } catch (RuntimeException e) {
      throw new AssertionError("seed " + seed, e);
    }
    recording.ifPresent(this::requirePossible);
    return recording.isPresent();
  }

  private void requirePossible(Recording recording) {
    byte[] again = RecordingWriter.write(recording.series());
    assertThat(Samples.read(again).series())
        .as("seed " + seed)
        .hasSameSizeAs(recording.series())
        .satisfies(
            series -> assertThat(Set.copyOf(series)).isEqualTo(Set.copyOf(recording.series())));
    assertThat(recording.total().rxBytes()).as("seed " + seed).isNotNegative();
  }
}
