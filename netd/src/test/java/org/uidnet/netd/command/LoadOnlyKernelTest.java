package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.names.HostUidNames;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;

/** What a boot does before the network. Always with --cgroup: other tests share this host. */
@KernelTest
class LoadOnlyKernelTest {
  private static final int PROGRAMS = 7;

  @TempDir Path dir;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();

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

    assertThat(out.toString()).isEqualTo("attached now\n");
    assertThat(cgroup.links()).hasSize(PROGRAMS);
    assertThat(dir.resolve("api.sock")).doesNotExist();
  }

  @Test
  void loadOnly_again_adoptsWhatIsThere() {
    load();
    List<?> links = cgroup.links();

    assertThat(load()).isZero();

    assertThat(out.toString()).contains("\nadopted: counting since ");
    assertThat(cgroup.links()).isEqualTo(links);
  }

  @Test
  void loadOnly_stateDirectoryIsAFile_attachesNothing() throws Exception {
    Path file = Files.createFile(dir.resolve("file"));

    assertThat(execute("run", "--load-only", "--state-dir=" + file)).isEqualTo(ExitCode.FAILED);

    assertThat(err.toString()).contains("cannot keep files in " + file);
    assertThat(cgroup.links()).isEmpty();
  }

  private int load() {
    return execute("run", "--load-only", "--state-dir=" + dir);
  }

  private int execute(String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.add("--cgroup=" + cgroup.path());
    words.add("--bpffs=" + bpffs.point().resolve("uidnet"));
    Context context =
        new Context(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            Map.of(),
            Clock.systemUTC(),
            new HostUidNames(HostUidNames.Files.ofHost()),
            0);
    return Uidnet.commandLine(context).execute(words.toArray(String[]::new));
  }
}
