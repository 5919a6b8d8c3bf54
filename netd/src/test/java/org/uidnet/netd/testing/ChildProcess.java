package org.uidnet.netd.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A shell command run as a UID, in a cgroup, within a bounded time. Needs bash and setpriv only, so
 * that a test needs no compiler.
 */
public final class ChildProcess {
  private static final int SECONDS = Patience.of(30);

  private final List<String> command;

  private ChildProcess(List<String> command) {
    this.command = command;
  }

  /** Joins the cgroup first, then becomes the UID, then runs the script in bash. */
  public static ChildProcess in(Path cgroup, long uid, String script) {
    String id = Long.toString(uid);
    return new ChildProcess(
        List.of(
            "bash",
            "-c",
            "echo $$ > \"$0/cgroup.procs\" && exec \"$@\"",
            cgroup.toString(),
            "setpriv",
            "--reuid=" + id,
            "--regid=" + id,
            "--clear-groups",
            "bash",
            "-c",
            script));
  }

  /** The same, in user and network namespaces of its own, where it is UID 0. */
  public static ChildProcess unshared(Path cgroup, long uid, String script) {
    ChildProcess plain = in(cgroup, uid, script);
    List<String> words = new ArrayList<>(plain.command);
    words.addAll(words.size() - 3, List.of("unshare", "--user", "--map-root-user", "--net"));
    return new ChildProcess(words);
  }

  /** Runs it to its end, which must be a success; answers what it printed. */
  public String run() {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      return end(process);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String end(Process process) throws IOException {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(command + " did not end in " + SECONDS + " s");
      }
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0) {
        throw new AssertionError(command + " gave " + process.exitValue() + ": " + output);
      }
      return output;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
