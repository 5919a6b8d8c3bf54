package org.uidnet.netd.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.FileLock;
import org.uidnet.netd.sys.Mounting;
import org.uidnet.netd.sys.SysException;

/**
 * The directory of our pins, on a bpf file system. One that we mounted is recognised by its source,
 * {@code uidnet}, by a later process too.
 */
public final class Bpffs {
  static final Path DEFAULT = Path.of("/sys/fs/bpf/uidnet");

  private static final String OURS = "uidnet";
  private static final String MODE = "mode=0700";

  private final Path directory;
  private final Supplier<Mounts> mounts;
  private final Path point;

  private Bpffs(Path directory, Supplier<Mounts> mounts) {
    this.directory = directory;
    this.mounts = mounts;
    point = mounts.get().of(directory).map(Mount::point).orElse(directory);
  }

  /** Finds or makes the directory; mounts a bpf file system if it is not on one. */
  public static Bpffs prepare(Optional<Path> requested) {
    Path directory = requested.orElse(DEFAULT).toAbsolutePath().normalize();
    if (!isOnBpffs(directory, Mounts.read())) {
      mount(requested.isPresent() ? directory : mountPoint());
    }
    makeDirectory(directory);
    return new Bpffs(real(directory), Mounts::read);
  }

  /** The directory as it is; empty if it is not there or not on a bpf file system. */
  public static Optional<Bpffs> find(Optional<Path> requested) {
    Path directory = requested.orElse(DEFAULT).toAbsolutePath().normalize();
    if (!Files.isDirectory(directory) || !isOnBpffs(directory, Mounts.read())) {
      return Optional.empty();
    }
    return Optional.of(new Bpffs(real(directory), Mounts::read));
  }

  /**
   * Every directory where pins of ours may be: the usual one, and each bpf file system that we have
   * mounted.
   */
  public static List<Bpffs> ours() {
    Stream<Path> mounted =
        Mounts.read()
            .where(mount -> mount.isBpffs() && mount.source().equals(OURS))
            .map(Mount::point)
            .filter(point -> !DEFAULT.startsWith(point));
    return Stream.concat(Stream.of(DEFAULT), mounted)
        .flatMap(directory -> find(Optional.of(directory)).stream())
        .toList();
  }

  private static Path mountPoint() {
    return parentOf(DEFAULT);
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  private static boolean isOnBpffs(Path directory, Mounts mounts) {
    Path existing = directory;
    while (!Files.exists(existing)) {
      existing = parentOf(existing);
    }
    return mounts.of(real(existing)).filter(Mount::isBpffs).isPresent();
  }

  private static void mount(Path point) {
    boolean made = !Files.exists(point);
    makeDirectory(point);
    try {
      Mounting.mount(OURS, point, "bpf", MODE);
    } catch (SysException e) {
      if (made) {
        remove(point);
      }
      throw new KernelException(
          "cannot mount a bpf file system on "
              + point
              + ", where the pins are to be: "
              + e.getMessage()
              + ". Mount one (`mount -t bpf bpf /sys/fs/bpf`, needs CAP_SYS_ADMIN) or name a"
              + " directory of one by --bpffs",
          e);
    }
  }

  static void makeDirectory(Path directory) {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot follow " + path, e);
    }
  }

  /** Where our pins are. */
  public Path directory() {
    return directory;
  }

  /** Where the bpf file system was mounted at first. */
  public Path point() {
    return point;
  }

  /** Whether it is still on a bpf file system, or would be if it were made. */
  boolean isMounted() {
    return isOnBpffs(directory, mounts.get());
  }

  /**
   * Takes the directory for this process; closing the descriptor, or dying, gives it back.
   *
   * @throws KernelException if another process has it
   */
  Fd lock() {
    Fd handle = Fd.open(directory);
    try {
      FileLock.take(handle, directory);
      return handle;
    } catch (SysException e) {
      handle.close();
      throw e.errno() == Errno.EAGAIN ? inUse(e) : e;
    }
  }

  /** Whether a process works with the pins in it now. */
  public boolean isInUse() {
    try {
      lock().close();
      return false;
    } catch (KernelException e) {
      return true;
    }
  }

  private KernelException inUse(SysException cause) {
    return new KernelException(
        "another uidnet uses the pins in "
            + directory
            + ": stop it first, or give this one a directory of its own by --bpffs",
        cause);
  }

  /**
   * Removes the directory if nothing is in it, and the file system if it is ours, empty and idle.
   */
  boolean release() {
    Optional<Mount> mount = mounts.get().of(directory).filter(Mount::isBpffs);
    if (mount.isEmpty()) {
      return false;
    }
    Path point = mount.get().point();
    if (!directory.equals(point) && isEmpty(directory)) {
      remove(directory);
    }
    if (!mount.get().source().equals(OURS) || !isEmpty(point)) {
      return false;
    }
    return unmount(point);
  }

  private static boolean unmount(Path point) {
    try {
      Mounting.unmount(point);
      return true;
    } catch (SysException e) {
      if (e.errno() == Errno.EBUSY) {
        return false; // somebody looks at it: it stays, empty
      }
      throw e;
    }
  }

  private static boolean isEmpty(Path directory) {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.allMatch(Bpffs::isOfTheKernel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }

  /** Every new bpf file system has maps.debug and progs.debug; nobody else may use a dot. */
  private static boolean isOfTheKernel(Path file) {
    return file.toString().endsWith(".debug");
  }

  private static void remove(Path directory) {
    try {
      Files.delete(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + directory, e);
    }
  }
}
