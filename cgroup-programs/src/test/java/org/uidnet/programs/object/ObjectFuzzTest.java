package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Object files: whatever the bytes are, an {@link ObjectFormatException} names place and
 * expectation, or the object is whole: it links, and its types can be read as the kernel is given
 * them.
 */
class ObjectFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 64;

  ObjectFuzzTest() {
    super("object", 800, ObjectFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) {
    try {
      requireWhole(ProgramObject.parse(input));
    } catch (ObjectFormatException e) {
      assertThat(e).hasMessageContaining(": expected ");
    }
  }

  private static void requireWhole(ProgramObject object) {
    for (ProgramSpec program : object.programs()) {
      assertThat(program.link(map -> 3)).hasSize(program.instructions().size()).isNotEmpty();
    }
    object.maps().forEach(map -> object.types().structLayout(map.btfValueTypeId()));
    BtfFuzzTest.requireReadable(object.btf());
  }
}
