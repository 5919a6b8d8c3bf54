package org.uidnet.netd.kernel;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A child cgroup for a moment. Closing it removes it; its processes must have ended. */
public final class ThrowAwayCgroup implements AutoCloseable {
  private static final String PREFIX = "uidnet-check-";
  private static final int TRIES = 200;
  private static final long PAUSE_NANOS = 5_000_000;

  private final Cgroup cgroup;

  private ThrowAwayCgroup(Cgroup cgroup) {
    this.cgroup = cgroup;
  }

  /**
   * Makes a cgroup below another one, and removes those that a killed process has left there.
   *
   * @throws NotPermittedException if this process may not
   */
  public static ThrowAwayCgroup below(Cgroup parent) {
    abandoned(parent).forEach(ThrowAwayCgroup::sweep);
    Path path = parent.path().resolve(PREFIX + ProcessHandle.current().pid());
    try {
      return new ThrowAwayCgroup(new Cgroup(Files.createDirectory(path)));
    } catch (AccessDeniedException e) {
      throw new NotPermittedException(
          "may not make the cgroup "
              + path
              + ": run this as root, or name a cgroup that this user owns by --cgroup",
          e);
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

  /** Processes that have ended leave a moment later; nothing tells when but trying. */
  @Override
  public void close() {
    for (int i = 0; i < TRIES && !isRemoved(); i++) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    if (Files.exists(cgroup.path())) {
      throw new KernelException(
          "cannot remove the cgroup %s: a process is in it. End it, then: rmdir %s"
              .formatted(cgroup.path(), cgroup.path()));
    }
  }

  private boolean isRemoved() {
    try {
      Files.deleteIfExists(cgroup.path());
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
