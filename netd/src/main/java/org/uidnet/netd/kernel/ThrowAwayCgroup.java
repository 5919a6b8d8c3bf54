package org.uidnet.netd.kernel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.uidnet.netd.sys.Errno;
import org.uidnet.netd.sys.SysException;

/** A child cgroup for a moment. Closing it removes it; its processes must have ended. */
public final class ThrowAwayCgroup implements AutoCloseable {
  private static final String PREFIX = "uidnet-check-";

  private final Cgroup cgroup;

  private ThrowAwayCgroup(Cgroup cgroup) {
    this.cgroup = cgroup;
  }

  /**
   * Makes a cgroup below another one, and removes those that a killed process has left there.
   *
   * @throws SysException with EACCES if this process may not
   */
  public static ThrowAwayCgroup below(Cgroup parent) {
    abandoned(parent).forEach(ThrowAwayCgroup::sweep);
    Path path = parent.path().resolve(PREFIX + ProcessHandle.current().pid());
    try {
      return new ThrowAwayCgroup(new Cgroup(Files.createDirectory(path)));
    } catch (AccessDeniedException e) {
      throw new SysException("make the cgroup " + path, Errno.EACCES);
    } catch (IOException e) {
      throw new KernelException(
          "cannot make the cgroup "
              + path
              + ": "
              + e.getMessage()
              + ". Name another cgroup to make it in by --cgroup",
          e);
    }
  }

  private static List<Path> abandoned(Cgroup parent) {
    try (Stream<Path> children = Files.list(parent.path())) {
      return children.filter(ThrowAwayCgroup::isAbandoned).toList();
    } catch (IOException e) {
      return List.of(); // making one tells what is wrong
    }
  }

  private static boolean isAbandoned(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.matches(PREFIX + "\\d{1,9}")
        && ProcessHandle.of(Long.parseLong(name.substring(PREFIX.length()))).isEmpty();
  }

  private static void sweep(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      // somebody is still in it: not ours to end
    }
  }

  /** The cgroup. */
  public Cgroup cgroup() {
    return cgroup;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(cgroup.path());
    } catch (IOException e) {
      throw new KernelException(
          "cannot remove the cgroup %s: %s. Remove it by hand: rmdir %s"
              .formatted(cgroup.path(), e.getMessage(), cgroup.path()),
          e);
    }
  }
}
