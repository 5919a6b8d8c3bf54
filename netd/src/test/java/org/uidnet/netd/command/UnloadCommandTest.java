package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.kernel.Probe.Feature;
import org.uidnet.netd.kernel.Probe.No;
import org.uidnet.netd.kernel.Probe.Yes;
import picocli.CommandLine;

/** What can be told without a kernel; see {@link UnloadKernelTest}. */
class UnloadCommandTest extends CommandTest {
  private static Feature capability(String name, boolean held) {
    return new Feature(name, "", "Run as root", true, held ? new Yes() : new No(name));
  }

  @Test
  void unload_notPermitted_leavesTheDaemonAlone() {
    List<Feature> permissions =
        List.of(capability("CAP_BPF", true), capability("CAP_SYS_ADMIN", false));
    CommandLine line = new CommandLine(new UnloadCommand(context(), () -> permissions));

    assertThat(Uidnet.configure(line, context()).execute("--state-dir=" + dir)).isEqualTo(3);

    assertThat(err())
        .isEqualTo(
            "unload: cannot detach programs without CAP_SYS_ADMIN: run it as root (sudo uidnet"
                + " unload)\n");
    assertThat(out()).isEmpty();
    assertThat(daemon.requests()).isEmpty();
  }
}
