package org.uidnet.stats.android;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Archives of recordings: whatever the bytes are, a {@link RecordingException} names file and
 * place, or each recording was handed over and the whole archive read.
 */
class ArchiveFuzzTest extends FuzzContract {
  /** A bomb is noticed when so much was expanded, and all of it goes through buffers. */
  private static final int MEGABYTES = 128;

  ArchiveFuzzTest() {
    super("archive", 800, ArchiveFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) throws IOException {
    ByteArrayInputStream stream = new ByteArrayInputStream(input);
    try {
      RecordingArchive.read("any.zip", stream, RecordingReader::read);
      assertThat(stream.available()).isZero();
    } catch (RecordingException e) {
      assertThat(e).hasMessageMatching("(?s).+, byte \\d+: expected .*, found .*");
      assertThat(e.offset()).isNotNegative();
    }
  }
}
