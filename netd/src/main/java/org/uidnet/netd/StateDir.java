package org.uidnet.netd;

import java.nio.file.Path;

/**
 * Where a daemon keeps its files, and so where commands find it.
 *
 * @param data what outlives a reboot
 * @param runtime what lives as long as the daemon
 */
public record StateDir(Path data, Path runtime) {
  /** Of the daemon that a package starts. */
  public static final StateDir OF_HOST =
      new StateDir(Path.of("/var/lib/uidnet"), Path.of("/run/uidnet"));

  /** Everything in one directory, as {@code --state-dir} asks for. */
  public static StateDir in(Path directory) {
    return new StateDir(directory, directory);
  }

  public Path historyDatabase() {
    return data.resolve("history.mv.db");
  }

  public Path policyDatabase() {
    return data.resolve("policy.mv.db");
  }

  public Path adminToken() {
    return data.resolve("admin.token");
  }

  /** Says that everything here is simulated, and is deleted by the next demo. */
  public Path demoMark() {
    return data.resolve("uidnet-demo");
  }

  /** What services of the host said last. */
  public Path lastWords() {
    return data.resolve("inputs.json");
  }

  public Path apiSocket() {
    return runtime.resolve("api.sock");
  }

  public Path tagSocket() {
    return runtime.resolve("tag.sock");
  }
}
