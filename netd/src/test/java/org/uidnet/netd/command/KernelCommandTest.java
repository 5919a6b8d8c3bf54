package org.uidnet.netd.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.netd.names.HostUidNames;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;

/** Runs commands as root on this kernel. Always with --cgroup: other tests share this host. */
abstract class KernelCommandTest {
  static final int PROGRAMS = 7;

  @TempDir Path dir;
  final TestCgroup cgroup = TestCgroup.create();
  final TestBpffs bpffs = TestBpffs.mounted();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  /** Runs {@code uidnet} with these words there; answers the exit code. */
  final int execute(String... words) {
    Context context =
        new Context(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            Map.of(),
            Clock.systemUTC(),
            new HostUidNames(HostUidNames.Files.ofHost()),
            0);
    String[] all = Stream.concat(Stream.of(words), place().stream()).toArray(String[]::new);
    return Uidnet.commandLine(context).execute(all);
  }

  final List<String> place() {
    return List.of("--cgroup=" + cgroup.path(), "--bpffs=" + bpffs.point().resolve("uidnet"));
  }

  final String stateDir() {
    return "--state-dir=" + dir;
  }

  final String out() {
    return out.toString();
  }

  final String err() {
    return err.toString();
  }
}
