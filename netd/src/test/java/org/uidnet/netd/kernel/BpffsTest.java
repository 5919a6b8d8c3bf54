package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;

@KernelTest
class BpffsTest {
  private TestBpffs place;

  @BeforeEach
  void open() {
    place = TestBpffs.unmounted();
  }

  @AfterEach
  void close() {
    place.close();
  }

  @Test
  void prepare_plainDirectory_mountsOneOfOurs() throws IOException {
    Bpffs bpffs = Bpffs.prepare(Optional.of(place.point()));
    assertThat(bpffs.directory()).isEqualTo(place.point());
    assertThat(Mounts.read().of(place.point()).orElseThrow())
        .matches(mount -> mount.type().equals("bpf") && mount.source().equals("uidnet"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(place.point())))
        .isEqualTo("rwx------");
    assertThat(bpffs.release()).isTrue();
    assertThat(place.isMounted()).isFalse();
  }

  @Test
  void prepare_again_usesTheMountThatIsThere() {
    Bpffs.prepare(Optional.of(place.point()));
    Bpffs again = Bpffs.prepare(Optional.of(place.point()));
    assertThat(again.release()).as("recognised by another process").isTrue();
    assertThat(place.isMounted()).isFalse();
  }

  @Test
  void prepare_directoryOfAForeignMount_isMadeThereAndRemoved() {
    try (TestBpffs foreign = TestBpffs.mounted()) {
      Path directory = foreign.point().resolve("a/b");
      Bpffs bpffs = Bpffs.prepare(Optional.of(directory));
      assertThat(directory).isDirectory();
      assertThat(bpffs.release()).isFalse();
      assertThat(directory).doesNotExist();
      assertThat(foreign.isMounted()).isTrue();
    }
  }

  @Test
  void release_notEmpty_staysMounted() {
    Bpffs bpffs = Bpffs.prepare(Optional.of(place.point()));
    Bpffs.makeDirectory(place.point().resolve("somebody-else"));
    assertThat(bpffs.release()).isFalse();
    assertThat(place.isMounted()).isTrue();
  }

  @Test
  void release_inUse_staysMounted() {
    Bpffs bpffs = Bpffs.prepare(Optional.of(place.point()));
    try (Fd user = Fd.open(place.point())) {
      assertThat(user.number()).isPositive();
      assertThat(bpffs.release()).isFalse();
    }
    assertThat(place.isMounted()).isTrue();
  }

  @Test
  void find_nothingThere_isEmpty() {
    assertThat(Bpffs.find(Optional.of(place.point()))).isEmpty();
    assertThat(Bpffs.find(Optional.of(place.point().resolve("none")))).isEmpty();
    assertThat(place.isMounted()).isFalse();
  }

  @Test
  void find_prepared_isThatDirectory() {
    Bpffs bpffs = Bpffs.prepare(Optional.of(place.point()));
    assertThat(Bpffs.find(Optional.of(place.point())).orElseThrow().directory())
        .isEqualTo(bpffs.directory());
  }
}
