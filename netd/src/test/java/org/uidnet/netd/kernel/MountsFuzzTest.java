package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.programs.fuzz.Effort;
import org.uidnet.programs.fuzz.FuzzContract;

/**
 * Mount tables: users name the directories in them, so whatever the text is, there are no more
 * mounts than lines, and one is found for a path only above it.
 */
class MountsFuzzTest extends FuzzContract {
  private static final int MEGABYTES = 16;
  private static final Path SOUGHT = Path.of("/sys/fs/bpf/uidnet");

  MountsFuzzTest() {
    super("mounts", 1000, MountsFuzzTest::fuzzerTestOneInput);
  }

  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Effort.limited(MEGABYTES, () -> check(new String(input, StandardCharsets.UTF_8)));
  }

  private static void check(String text) {
    Mounts mounts = Mounts.of(text.lines().toList());
    assertThat(mounts.all()).hasSizeLessThanOrEqualTo((int) text.lines().count());
    assertThat(mounts.where(Mount::isBpffs)).allMatch(mount -> mount.type().equals("bpf"));
    mounts.of(SOUGHT).ifPresent(mount -> assertThat(SOUGHT.startsWith(mount.point())).isTrue());
  }
}
