package org.uidnet.netd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.LinkInfo;

/**
 * A child cgroup of a test's own. Closing it kills whatever still runs in it and fails if a program
 * is still attached.
 */
public final class TestCgroup implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final int TRIES = 200;

  private final Path path;

  private TestCgroup(Path path) {
    this.path = path;
  }

  static Optional<Path> root() {
    return Mounts.read().all().stream()
        .filter(mount -> mount.type().equals("cgroup2"))
        .map(Mounts.Mount::point)
        .findFirst();
  }

  public static TestCgroup create() {
    String name = "uidnet-test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    return create(root().orElseThrow().resolve(name));
  }

  private static TestCgroup create(Path path) {
    try {
      return new TestCgroup(Files.createDirectory(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A cgroup below this one; close it first. */
  public TestCgroup child(String name) {
    return create(path.resolve(name));
  }

  public Path path() {
    return path;
  }

  public Cgroup cgroup() {
    return Cgroup.at(path, Mounts.read());
  }

  /** Moves a process in, with its threads. */
  public void add(long pid) {
    write("cgroup.procs", Long.toString(pid));
  }

  /** Links on this cgroup, whosever they are. */
  public List<LinkInfo> links() {
    long id = cgroup().id();
    List<LinkInfo> found = new ArrayList<>();
    OptionalInt next = Bpf.nextLink(0);
    while (next.isPresent()) {
      info(next.getAsInt()).filter(info -> info.cgroup() == id).ifPresent(found::add);
      next = Bpf.nextLink(next.getAsInt());
    }
    return found;
  }

  private static Optional<LinkInfo> info(int id) {
    return Bpf.link(id)
        .map(
            link -> {
              try (Fd open = link) {
                return Bpf.linkInfo(open);
              }
            });
  }

  private void write(String file, String text) {
    try {
      Files.writeString(path.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Removes it at once, attached or not. */
  public void remove() {
    write("cgroup.kill", "1");
    awaitEmpty();
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Killed processes leave a moment later; nothing tells when but looking. */
  private void awaitEmpty() {
    for (int i = 0; i < TRIES && !isEmpty(); i++) {
      LockSupport.parkNanos(5_000_000);
    }
  }

  private boolean isEmpty() {
    try (Stream<String> lines = Files.lines(path.resolve("cgroup.procs"))) {
      return lines.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (!Files.exists(path)) {
      return;
    }
    List<LinkInfo> left = links();
    remove();
    assertThat(left).as("links left on " + path).isEmpty();
  }
}
