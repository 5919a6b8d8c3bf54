package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.testing.KernelTest;

/** What a boot does before the network. */
@KernelTest
class LoadOnlyKernelTest extends KernelCommandTest {
  @AfterEach
  void leavePlace() {
    try (cgroup;
        bpffs) {
      execute("unload");
    }
  }

  @Test
  void loadOnly_nothingThere_attachesAndEnds() {
    assertThat(load()).isZero();

    assertThat(out()).isEqualTo("attached now\n");
    assertThat(cgroup.links()).hasSize(PROGRAMS);
    assertThat(dir.resolve("api.sock")).doesNotExist();
  }

  @Test
  void loadOnly_again_adoptsWhatIsThere() {
    load();
    List<?> links = cgroup.links();

    assertThat(load()).isZero();

    assertThat(out()).contains("\nadopted: counting since ");
    assertThat(cgroup.links()).isEqualTo(links);
  }

  @Test
  void loadOnly_stateDirectoryIsAFile_attachesNothing() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    assertThat(execute("run", "--load-only", "--state-dir=" + file)).isEqualTo(ExitCode.FAILED);

    assertThat(err()).contains("cannot keep files in " + file);
    assertThat(cgroup.links()).isEmpty();
  }

  private int load() {
    return execute("run", "--load-only", stateDir());
  }
}
