package org.uidnet.netd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.sys.Mounting;

/**
 * A bpf file system of a test's own, on a temporary directory. Closing it unmounts and removes
 * both; pins that are left go with it.
 */
public final class TestBpffs implements AutoCloseable {
  private final Path point;

  private TestBpffs(Path point) {
    this.point = point;
  }

  /** A directory on which nothing is mounted yet. */
  public static TestBpffs unmounted() {
    try {
      return new TestBpffs(Files.createTempDirectory("uidnet-bpffs").toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TestBpffs mounted() {
    TestBpffs bpffs = unmounted();
    Mounting.mount("uidnet-test", bpffs.point, "bpf", "mode=0700");
    return bpffs;
  }

  /** The mount point. */
  public Path point() {
    return point;
  }

  /** A directory for pins on it; mounts it as the daemon does if it is not mounted. */
  public Bpffs pins() {
    return Bpffs.prepare(Optional.of(point.resolve("uidnet")));
  }

  public boolean isMounted() {
    return Mounts.read().all().stream().anyMatch(mount -> mount.point().equals(point));
  }

  /** Everything below the mount point but for the kernel's own files. */
  public List<Path> files() {
    try (Stream<Path> files = Files.walk(point)) {
      return files
          .filter(path -> !path.equals(point))
          .filter(path -> !path.toString().endsWith(".debug"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    while (isMounted()) {
      Mounting.unmount(point);
    }
    try {
      Files.deleteIfExists(point);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(isMounted()).as(point + " is mounted").isFalse();
  }
}
