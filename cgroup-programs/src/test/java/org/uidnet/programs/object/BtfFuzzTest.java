package org.uidnet.programs.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;
import org.uidnet.programs.layout.StructLayout;

/**
 * Types as an older daemon's maps have them: whatever the bytes are, an {@link
 * ObjectFormatException} names place and expectation, or every type can be asked for, and fields
 * lie inside their struct.
 */
class BtfFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 64;

  BtfFuzzTest() {
    super("btf", 800, BtfFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(input));
  }

  private static void check(byte[] input) {
    try {
      requireReadable(input);
    } catch (ObjectFormatException e) {
      requirePlace(e);
    }
  }

  static void requireReadable(byte[] blob) {
    Btf types = Btf.parse(blob);
    types.enumNames().forEach(types::enumConstants);
    for (int id = 0; id < BtfReader.read(blob).size(); id++) {
      ask(types, id);
    }
  }

  /** Not every type is a struct that can be flattened; one that is not says so. */
  private static void ask(Btf types, int id) {
    try {
      types.structLayout(id).ifPresent(BtfFuzzTest::requireInside);
      assertThat(types.size(id)).isNotNegative();
    } catch (ObjectFormatException e) {
      requirePlace(e);
    }
  }

  private static void requireInside(StructLayout layout) {
    for (StructLayout.Field field : layout.fields()) {
      assertThat(field.offset()).isNotNegative();
      assertThat(field.size()).isBetween(0, layout.size() - field.offset());
    }
  }

  private static void requirePlace(ObjectFormatException e) {
    assertThat(e).hasMessageContaining(": expected ");
  }
}
