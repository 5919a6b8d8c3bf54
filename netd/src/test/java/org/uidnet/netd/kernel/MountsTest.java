package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.kernel.Mounts.Mount;

class MountsTest {
  @TempDir Path directory;

  @Test
  void read_usualTable_hasEachLine() throws IOException {
    Mounts mounts =
        mounts(
            "cgroup2 /sys/fs/cgroup/unified cgroup2 rw,relatime 0 0",
            "uidnet /sys/fs/bpf bpf rw,mode=700 0 0");
    assertThat(mounts.all())
        .containsExactly(
            new Mount("cgroup2", Path.of("/sys/fs/cgroup/unified"), "cgroup2", "rw,relatime"),
            new Mount("uidnet", Path.of("/sys/fs/bpf"), "bpf", "rw,mode=700"));
  }

  @Test
  void read_octalEscapes_areUndone() throws IOException {
    Mounts mounts = mounts("my\\040disk /mnt/a\\011b\\134c\\043 ext4 rw 0 0");
    assertThat(mounts.all())
        .containsExactly(new Mount("my disk", Path.of("/mnt/a\tb\\c#"), "ext4", "rw"));
  }

  @Test
  void read_shortLine_isSkipped() throws IOException {
    assertThat(mounts("proc /proc", "").all()).isEmpty();
  }

  /**
   * Any user may mount something with FUSE, in a directory of whatever name; uidnet ended by it.
   */
  @Test
  void read_directoryThatIsNotUtf8_doesNotHideTheOthers() throws IOException {
    Path table = directory.resolve("mounts");
    byte[] lines =
        "fuse /home/a/\u00ff fuse.x rw 0 0\nuidnet /sys/fs/bpf bpf rw 0 0\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Mounts.read(Files.write(table, lines)).where(Mount::isBpffs)).hasSize(1);
  }

  @Test
  void of_path_isTheDeepestMount() throws IOException {
    Mounts mounts = mounts("a / ext4 rw 0 0", "b /sys sysfs rw 0 0", "c /sys/fs/bpf bpf rw 0 0");
    assertThat(mounts.of(Path.of("/sys/fs/bpf/uidnet")).orElseThrow().source()).isEqualTo("c");
    assertThat(mounts.of(Path.of("/sys/fs/bpfx")).orElseThrow().source()).isEqualTo("b");
    assertThat(mounts.of(Path.of("/tmp")).orElseThrow().source()).isEqualTo("a");
  }

  @Test
  void of_pathMountedTwice_isTheLaterMount() throws IOException {
    Mounts mounts = mounts("one /mnt tmpfs rw 0 0", "two /mnt bpf rw 0 0");
    assertThat(mounts.of(Path.of("/mnt/x")).orElseThrow().source()).isEqualTo("two");
  }

  private Mounts mounts(String... lines) throws IOException {
    return Mounts.read(Files.write(directory.resolve("mounts"), List.of(lines)));
  }
}
