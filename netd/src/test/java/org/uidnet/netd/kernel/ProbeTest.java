package org.uidnet.netd.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.netd.kernel.Probe.No;
import org.uidnet.netd.kernel.Probe.Unknown;
import org.uidnet.netd.kernel.Probe.Yes;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.SysException;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.object.ProgramObject;

class ProbeTest {
  private static final ProgramObject OBJECT = ProgramObject.load();

  @TempDir Path proc;

  @Test
  @KernelTest
  void all_kernelThatRunsTheTests_hasWhatIsRequired() {
    List<Feature> features = new Probe(OBJECT).all();
    assertThat(features).filteredOn(Feature::required).allMatch(Feature::isYes, "is there");
    assertThat(features).extracting(Feature::name).doesNotHaveDuplicates();
  }

  @Test
  void kernelVersion_newEnough_isYes() throws IOException {
    assertThat(version("5.15.0-generic").answer()).isEqualTo(new Yes());
    assertThat(version("6.1.0").answer()).isEqualTo(new Yes());
  }

  @Test
  void kernelVersion_older_saysWhatIsNeeded() throws IOException {
    assertThat(version("5.10.200\n").describe())
        .isEqualTo(
            "kernel version: no, needs Linux 5.15, this is 5.10.200 (Linux 5.15 or newer)."
                + " Install a newer kernel.");
    assertThat(version("4.19").answer()).isInstanceOf(No.class);
  }

  @Test
  void kernelVersion_strange_couldNotTell() throws IOException {
    assertThat(version("next").answer()).isInstanceOf(Unknown.class);
  }

  @Test
  void attempt_errno_decidesWhatWeKnow() {
    assertThat(refused(Errno.EINVAL)).isInstanceOf(No.class);
    assertThat(refused(Errno.EPERM)).isInstanceOf(Unknown.class);
    assertThat(refused(Errno.ENOSYS)).isInstanceOf(No.class);
    assertThat(refused(Errno.ENOMEM)).isInstanceOf(Unknown.class);
  }

  private static Probe.Answer refused(int errno) {
    return Probe.attempt(
        () -> {
          throw new SysException("try", errno);
        },
        "it");
  }

  private Feature version(String release) throws IOException {
    Path file = proc.resolve("sys/kernel/osrelease");
    Files.createDirectories(file.getParent());
    Files.writeString(file, release);
    return new Probe(OBJECT, proc).kernelVersion();
  }
}
