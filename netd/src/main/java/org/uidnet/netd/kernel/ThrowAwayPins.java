package org.uidnet.netd.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.netd.sys.Mounting;

/**
 * A directory for pins that nobody keeps: on a bpf file system of its own or, for a process that
 * may not mount one, on one that is there. Closing it removes it with all pins.
 */
public final class ThrowAwayPins implements AutoCloseable {
  private static final String PREFIX = "uidnet-check-";

  private final Bpffs bpffs;
  private final boolean mounted;

  private ThrowAwayPins(Bpffs bpffs, boolean mounted) {
    this.bpffs = bpffs;
    this.mounted = mounted;
  }

  /** Makes the directory. */
  public static ThrowAwayPins make() {
    Path point = temporaryDirectory();
    try {
      return new ThrowAwayPins(Bpffs.prepare(Optional.of(point)), true);
    } catch (KernelException e) {
      delete(point);
      return onExisting(Mounts.read(), e);
    }
  }

  static ThrowAwayPins onExisting(Mounts mounts, KernelException cannotMount) {
    return mounts
        .where(Mount::isBpffs)
        .map(Mount::point)
        .filter(Files::isWritable)
        .findFirst()
        .map(point -> point.resolve(PREFIX + ProcessHandle.current().pid()))
        .map(directory -> new ThrowAwayPins(Bpffs.prepare(Optional.of(directory)), false))
        .orElseThrow(() -> cannotMount);
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory(PREFIX).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary directory for the pins", e);
    }
  }

  /** Where the pins go. */
  public Bpffs bpffs() {
    return bpffs;
  }

  @Override
  public void close() {
    if (!mounted) {
      all().forEach(ThrowAwayPins::delete);
      return;
    }
    if (isMountPoint()) { // unless it was released, as a clean stop does
      Mounting.unmount(bpffs.directory());
    }
    delete(bpffs.directory());
  }

  private boolean isMountPoint() {
    return Mounts.read().where(mount -> mount.point().equals(bpffs.directory())).count() > 0;
  }

  /** What is inside comes first. */
  private List<Path> all() {
    if (!Files.isDirectory(bpffs.directory())) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(bpffs.directory())) {
      return all.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + bpffs.directory(), e);
    }
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + path, e);
    }
  }
}
