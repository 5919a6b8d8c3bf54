package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestCgroup;

class CgroupTest {
  @TempDir Path directory;

  @Test
  void root_severalMounts_isTheUsualOne() {
    Mounts mounts = new Mounts(List.of(cgroup2(directory), cgroup2(Path.of("/sys/fs/cgroup"))));
    assertThat(Cgroup.root(mounts).path()).isEqualTo(Path.of("/sys/fs/cgroup"));
  }

  @Test
  void root_unusualPlace_isFound() {
    assertThat(Cgroup.root(new Mounts(List.of(cgroup2(directory)))).path()).isEqualTo(directory);
  }

  @Test
  void root_notMounted_saysHowToMount() {
    assertThatThrownBy(() -> Cgroup.root(new Mounts(List.of())))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("no cgroup v2 file system is mounted")
        .hasMessageContaining("mount -t cgroup2");
  }

  @Test
  void of_missingDirectory_saysSo() {
    Mounts mounts = new Mounts(List.of(cgroup2(directory)));
    assertThatThrownBy(() -> Cgroup.of(Optional.of(directory.resolve("none")), mounts))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("is not a directory")
        .hasMessageContaining(directory.toString());
  }

  @Test
  void of_directoryElsewhere_saysWhereItShouldBe() {
    Mounts mounts =
        new Mounts(
            List.of(new Mount("/dev/sda", Path.of("/"), "ext4", "rw"), cgroup2(Path.of("/cg"))));
    assertThatThrownBy(() -> Cgroup.of(Optional.of(directory), mounts))
        .isInstanceOf(KernelException.class)
        .hasMessageContaining("is not on a cgroup v2 file system")
        .hasMessageContaining("below /cg");
  }

  @Test
  @KernelTest
  void at_realCgroup_hasTheIdThatLinksReport() {
    try (TestCgroup cgroup = TestCgroup.create();
        Fd program = TinyPrograms.passing();
        Fd open = cgroup.cgroup().open();
        Fd link = Bpf.createLink(program, open, 1)) {
      assertThat(cgroup.links()).containsExactly(Bpf.linkInfo(link));
      Bpf.detachLink(link);
    }
  }

  private static Mount cgroup2(Path point) {
    return new Mount("cgroup2", point, "cgroup2", "rw");
  }
}
