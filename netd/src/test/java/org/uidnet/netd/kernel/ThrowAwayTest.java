package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;

@KernelTest
class ThrowAwayTest {
  @Test
  void pins_mounted_areGoneWithAllThatIsPinned() {
    Path directory;
    try (ThrowAwayPins pins = ThrowAwayPins.make();
        Fd program = TinyPrograms.passing()) {
      directory = pins.bpffs().directory();
      assertThat(Bpffs.ours()).extracting(Bpffs::directory).contains(directory);
      Pins.pin(program, directory.resolve("deep/pin"));
    }
    assertThat(directory).doesNotExist();
  }

  @Test
  void pins_onAFileSystemThatIsThere_leaveIt() {
    try (TestBpffs bpffs = TestBpffs.mounted()) {
      Mounts mounts = new Mounts(List.of(new Mount("bpf", bpffs.point(), "bpf", "rw")));
      try (ThrowAwayPins pins =
              ThrowAwayPins.onExisting(mounts, new KernelException("cannot mount"));
          Fd program = TinyPrograms.passing()) {
        assertThat(pins.bpffs().directory()).hasParent(bpffs.point());
        Pins.pin(program, pins.bpffs().directory().resolve("deep/pin"));
      }
      assertThat(bpffs.files()).isEmpty();
    }
  }

  @Test
  void pins_nowhere_saysWhatFailedFirst() {
    KernelException cannotMount = new KernelException("cannot mount");
    assertThatThrownBy(() -> ThrowAwayPins.onExisting(new Mounts(List.of()), cannotMount))
        .isSameAs(cannotMount);
  }

  @Test
  void pins_locked_areInUse() {
    try (ThrowAwayPins pins = ThrowAwayPins.make()) {
      assertThat(pins.bpffs().isInUse()).isFalse();
      try (Fd lock = pins.bpffs().lock()) {
        assertThat(lock.number()).isPositive();
        assertThat(pins.bpffs().isInUse()).isTrue();
      }
    }
  }

  @Test
  void cgroup_leftByAKilledProcess_isSwept() throws IOException {
    try (TestCgroup parent = TestCgroup.create()) {
      Path left = Files.createDirectory(parent.path().resolve("uidnet-check-999999999"));
      Path other = Files.createDirectory(parent.path().resolve("uidnet-check-of-somebody"));
      try (ThrowAwayCgroup made = ThrowAwayCgroup.below(parent.cgroup())) {
        assertThat(made.cgroup().path()).isDirectory();
        assertThat(left).doesNotExist();
        assertThat(other).exists();
      }
      Files.delete(other);
    }
  }
}
