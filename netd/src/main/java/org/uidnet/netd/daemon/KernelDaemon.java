package org.uidnet.netd.daemon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.uidnet.api.HostPort;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.kernel.KernelException;
import org.uidnet.netd.kernel.Probe;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.SysException;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.stats.HistoryException;

/** The daemon on this host's kernel, from start to stop. */
public final class KernelDaemon {
  private final KernelPlatform platform;
  private final Daemon daemon;
  private final DaemonConfig config;

  private KernelDaemon(KernelPlatform platform, Daemon daemon, DaemonConfig config) {
    this.platform = platform;
    this.daemon = daemon;
    this.config = config;
  }

  /**
   * Attaches or adopts, then serves.
   *
   * @throws StartException with what to do
   */
  public static KernelDaemon start(KernelPlatform.Place place, DaemonConfig config, Clock clock) {
    requireCapabilities();
    makeDirectories(config);
    KernelPlatform platform = attach(place, config, clock);
    try {
      return new KernelDaemon(platform, Daemon.start(platform, config, clock), config);
    } catch (HistoryException | IOException e) {
      platform.abandon();
      throw new StartException(StartException.Reason.FAILED, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      platform.abandon();
      throw e;
    }
  }

  /**
   * Attaches or adopts, with the stored policy in force, and leaves that at work without a daemon.
   *
   * @return what it found: one sentence
   * @throws StartException with what to do
   */
  public static String load(KernelPlatform.Place place, DaemonConfig config, Clock clock) {
    requireCapabilities();
    makeDirectories(config);
    try (KernelPlatform platform = attach(place, config, clock)) {
      return outcome(platform);
    }
  }

  private static KernelPlatform attach(
      KernelPlatform.Place place, DaemonConfig config, Clock clock) {
    try {
      return KernelPlatform.start(place, config, HostBoot.read(clock), clock);
    } catch (KernelException e) {
      throw failed(e, reason(e.getCause()));
    } catch (DatapathException e) {
      throw failed(e, StartException.Reason.FAILED);
    } catch (UncheckedIOException e) {
      throw new StartException(
          StartException.Reason.FAILED, e.getMessage() + ": " + e.getCause(), e);
    } catch (SysException e) {
      throw refused(e);
    }
  }

  private static StartException.Reason reason(@Nullable Throwable cause) {
    return cause instanceof SysException refusal && refusal.errno() == Errno.EPERM
        ? StartException.Reason.NOT_PERMITTED
        : StartException.Reason.FAILED;
  }

  /** By the kernel, which does not say why; the capabilities were looked at before. */
  private static StartException refused(SysException e) {
    StartException.Reason reason = reason(e);
    String remedy =
        reason == StartException.Reason.NOT_PERMITTED
            ? "Capabilities of a user namespace are not enough, and containers may filter the bpf"
                + " system call: run it as root of the host"
            : "To see what this kernel can do: uidnet check";
    return failed(
        new KernelException(
            "cannot load and attach the programs: %s. %s".formatted(e.getMessage(), remedy), e),
        reason);
  }

  private static StartException failed(RuntimeException cause, StartException.Reason reason) {
    String missing = missing(new Probe(ProgramObject.load()).all());
    return new StartException(
        reason, cause.getMessage() + (missing.isEmpty() ? "" : "\n" + missing), cause);
  }

  private static void requireCapabilities() {
    List<String> absent =
        new Probe(ProgramObject.load())
            .permissions().stream()
                .filter(KernelDaemon::isMissing)
                .map(Probe.Feature::name)
                .toList();
    if (!absent.isEmpty()) {
      throw new StartException(
          StartException.Reason.NOT_PERMITTED,
          "cannot load and attach programs: this process has no %s. Run it as root (sudo uidnet run), or give the service AmbientCapabilities=%s"
              .formatted(String.join(", ", absent), String.join(" ", absent)));
    }
  }

  private static boolean isMissing(Probe.Feature feature) {
    return feature.required() && feature.answer() instanceof Probe.No;
  }

  private static String missing(List<Probe.Feature> features) {
    return features.stream()
        .filter(KernelDaemon::isMissing)
        .map(Probe.Feature::describe)
        .collect(Collectors.joining("\n"));
  }

  /** Others may pass through them to the sockets, and see nothing else. */
  private static void makeDirectories(DaemonConfig config) {
    makeDirectory(config.stateDir().data());
    makeDirectory(config.stateDir().runtime());
    requireNoDemo(config.stateDir());
  }

  private static void requireNoDemo(StateDir directory) {
    if (Files.exists(directory.demoMark())) {
      throw new StartException(
          StartException.Reason.FAILED,
          "%s holds the simulated history of a demo, where real figures must not go: name another with --state-dir, or delete it"
              .formatted(directory.data()));
    }
  }

  private static void makeDirectory(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      }
      if (!Files.isWritable(directory)) {
        throw new IOException("not writable for this user, or on a read-only file system");
      }
    } catch (FileAlreadyExistsException e) {
      throw cannotKeepFiles(directory, e.getFile() + " is no directory", e);
    } catch (IOException e) {
      throw cannotKeepFiles(directory, String.valueOf(e.getMessage()), e);
    }
  }

  private static StartException cannotKeepFiles(Path directory, String why, IOException cause) {
    return new StartException(
        StartException.Reason.FAILED,
        "cannot keep files in %s: %s. Make it a directory that this user can write to, or name another with --state-dir"
            .formatted(directory, why),
        cause);
  }

  /** What the start found: one sentence. */
  public String outcome() {
    return outcome(platform);
  }

  private static String outcome(KernelPlatform platform) {
    Instant since = Instant.EPOCH.plusNanos(platform.datapath().control().attachedAt());
    return switch (platform.outcome()) {
      case FRESH -> "attached now";
      case ADOPTED -> "adopted: counting since " + since + " without a break";
      case NEW_PROGRAMS -> "programs replaced, counting since " + since + " without a break";
      case NEW_MAPS -> "maps of another version replaced, what they counted is stored";
    };
  }

  public Path cgroup() {
    return platform.cgroup();
  }

  public Path pins() {
    return platform.pins();
  }

  public Optional<HostPort> http() {
    return daemon.http();
  }

  /** The kernel objects at work. */
  public Inventory inventory() {
    return platform.inventory();
  }

  public DaemonConfig config() {
    return config;
  }

  /** Ends the daemon; with {@code persist} the programs go on counting. */
  public void end(boolean persist) {
    if (persist) {
      daemon.close();
    } else {
      daemon.stop();
    }
  }
}
