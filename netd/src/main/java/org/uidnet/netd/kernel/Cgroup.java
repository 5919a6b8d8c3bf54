package org.uidnet.netd.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.uidnet.netd.kernel.Mounts.Mount;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.SysException;

/** A directory of the cgroup v2 tree: the processes below it are accounted. */
public record Cgroup(Path path) {
  private static final long GONE = -1;

  /** Of the tree's root, in every kernel. */
  private static final long ROOT = 1;

  /** Where the usual system mounts it; asked first, in case that it is mounted more than once. */
  private static final List<Path> USUAL =
      List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/unified"));

  private static final String REMEDY =
      "mount it (`mount -t cgroup2 none /sys/fs/cgroup/unified`) or start the kernel with"
          + " systemd.unified_cgroup_hierarchy=1";

  /** The root of the tree. */
  public static Cgroup root(Mounts mounts) {
    return new Cgroup(rootPath(mounts));
  }

  private static Path rootPath(Mounts mounts) {
    List<Path> points = mounts.where(Mount::isCgroup2).map(Mount::point).toList();
    return USUAL.stream()
        .filter(points::contains)
        .findFirst()
        .or(() -> points.stream().findFirst())
        .orElseThrow(
            () -> new KernelException("no cgroup v2 file system is mounted here: " + REMEDY));
  }

  /** The root, or the directory that the user named. */
  public static Cgroup of(Optional<Path> requested, Mounts mounts) {
    return requested.map(directory -> at(directory, mounts)).orElseGet(() -> root(mounts));
  }

  /** A directory that the user named. */
  public static Cgroup at(Path directory, Mounts mounts) {
    if (!Files.isDirectory(directory)) {
      throw new KernelException(
          "cgroup "
              + directory
              + " is not a directory: create it (`mkdir`) below "
              + rootPath(mounts)
              + " or name another one");
    }
    Path real = real(directory);
    if (mounts.of(real).filter(Mount::isCgroup2).isEmpty()) {
      throw new KernelException(
          "cgroup "
              + directory
              + " is not on a cgroup v2 file system: name a directory below "
              + rootPath(mounts));
    }
    return new Cgroup(real);
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot follow " + directory, e);
    }
  }

  /** As links report it: the inode of the directory, another one after it was made anew. */
  public long id() {
    try {
      return (long) Files.getAttribute(path, "unix:ino");
    } catch (IOException e) {
      return GONE; // which no link reports
    }
  }

  /**
   * Which ids are those of this cgroup and of all below it, as they are now. Of the root all are,
   * also of cgroups that were removed while their sockets live on.
   */
  public LongPredicate members() {
    if (id() == ROOT) {
      return any -> true;
    }
    try (Stream<Path> below = Files.walk(path)) {
      return below
              .filter(Files::isDirectory)
              .map(Cgroup::new)
              .map(Cgroup::id)
              .collect(Collectors.toSet())
          ::contains;
    } catch (IOException | UncheckedIOException e) {
      throw new KernelException("cannot list the cgroups below " + path, e);
    }
  }

  public Fd open() {
    try {
      return Fd.open(path);
    } catch (SysException e) {
      throw new KernelException(
          "cannot attach to cgroup "
              + path
              + ": "
              + e.getMessage()
              + ". If it was removed, make it again or name another one by --cgroup",
          e);
    }
  }
}
