package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Recordings: whatever the bytes are, a {@link RecordingException} names file and place, or what
 * was read is possible and, written again, is read as the same.
 */
class RecordingFuzzTest extends FuzzContract {
  /** Some times what the reader's own {@link Budget} lets it keep. */
  private static final int MEGABYTES = 128;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  RecordingFuzzTest() {
    super("recording", 800, RecordingFuzzTest::fuzzerTestOneInput);
  }

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

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) {
    try {
      requirePossible(Samples.read(input));
    } catch (RecordingException e) {
      assertThat(e.offset()).isBetween(0L, (long) input.length);
      assertThat(e).hasMessageStartingWith("uid.%d-, byte %d: ", Samples.START, e.offset());
    }
  }

  /** Without checksums a flipped bit may give another number, but never something impossible. */
  private static void requirePossible(Recording recording) {
    byte[] again = RecordingWriter.write(recording.series());
    assertThat(Samples.read(again).series())
        .hasSameSizeAs(recording.series())
        .satisfies(
            series -> assertThat(Set.copyOf(series)).isEqualTo(Set.copyOf(recording.series())));
    assertThat(recording.total().rxBytes()).isNotNegative();
  }
}
