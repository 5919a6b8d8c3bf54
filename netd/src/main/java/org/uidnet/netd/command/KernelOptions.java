package org.uidnet.netd.command;

import java.nio.file.Path;
import java.util.Optional;
import org.uidnet.netd.daemon.KernelPlatform;
import picocli.CommandLine.Option;

/** Where programs are attached and pinned. */
final class KernelOptions {
  @Option(
      names = "--cgroup",
      paramLabel = "DIR",
      description = {
        "The cgroup (v2) whose sockets are counted, with all below it.",
        "Default: the root, so every socket of the host."
      })
  private Optional<Path> cgroup;

  @Option(
      names = "--bpffs",
      paramLabel = "DIR",
      description = "Directory for the pins; mounted if needed. Default: /sys/fs/bpf/uidnet.")
  private Optional<Path> bpffs;

  KernelPlatform.Place place() {
    return place(Optional.empty());
  }

  KernelPlatform.Place place(Optional<Path> packages) {
    return new KernelPlatform.Place(cgroup, bpffs, packages);
  }
}
