package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.uidnet.api.HostPort;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.UsageRow;
import org.uidnet.netd.StateDir;
import org.uidnet.netd.daemon.Daemon;
import org.uidnet.netd.daemon.DaemonConfig;
import org.uidnet.netd.daemon.HostBoot;
import org.uidnet.netd.daemon.KernelPlatform;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.stats.Host;

/**
 * The whole daemon on the real kernel, on a cgroup, a bpf file system and a directory of its own.
 */
public final class TestDaemon implements AutoCloseable {
  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final Path directory;
  private @Nullable KernelPlatform platform;
  private @Nullable Daemon daemon;
  private Optional<HostPort> http = Optional.empty();

  TestDaemon() throws IOException {
    directory = Files.createTempDirectory("uidnet-state");
  }

  static TestDaemon started() throws IOException {
    TestDaemon daemon = new TestDaemon();
    daemon.start();
    return daemon;
  }

  /** The same with a dashboard on a free port. */
  public static TestDaemon startedWithPages() throws IOException {
    TestDaemon daemon = new TestDaemon();
    daemon.http = Optional.of(new HostPort("127.0.0.1", 0));
    daemon.start();
    return daemon;
  }

  void start() throws IOException {
    start(HostBoot.read(Clock.systemUTC()));
  }

  void start(Host boot) throws IOException {
    Clock clock = Clock.systemUTC();
    DaemonConfig config = new DaemonConfig(StateDir.in(directory), http, Duration.ofMinutes(5));
    platform = KernelPlatform.start(place(), config, boot, clock);
    daemon = Daemon.start(platform, config, clock);
    client().poll(); // what is made after this is new to the daemon
  }

  KernelPlatform.Place place() {
    return new KernelPlatform.Place(
        Optional.of(cgroup.path()), Optional.of(bpffs.point().resolve("uidnet")), Optional.empty());
  }

  Path cgroup() {
    return cgroup.path();
  }

  Path bpffs() {
    return bpffs.point().resolve("uidnet");
  }

  public Path directory() {
    return directory;
  }

  KernelPlatform platform() {
    return Objects.requireNonNull(platform);
  }

  /** Where the dashboard is. */
  public HostPort http() {
    return Objects.requireNonNull(daemon).http().orElseThrow();
  }

  public Path socket() {
    return directory.resolve("api.sock");
  }

  public UidnetClient client() {
    return UidnetClient.overSocket(socket());
  }

  public Traffic traffic() {
    return Traffic.in(cgroup.path());
  }

  /** Snapshot, then everything that history has of a UID. */
  org.uidnet.programs.Traffic usage(long uid) throws IOException {
    client().poll();
    return client().summary(UsageQuery.NONE.from("-1d").to("now").uid(Long.toString(uid))).total();
  }

  /** Snapshot, then history by these dimensions. */
  List<UsageRow> summary(String by) throws IOException {
    client().poll();
    return client().summary(UsageQuery.NONE.from("-1d").to("now").by(by).limit(1000)).rows();
  }

  /** Ends the daemon as a crash would leave it: programs, maps and history stay. */
  void leave() {
    if (daemon != null) {
      daemon.close();
    }
    daemon = null;
  }

  /** Ends the daemon and accounting. */
  void stop() {
    if (daemon != null) {
      daemon.stop();
    }
    daemon = null;
  }

  @Override
  public void close() throws IOException {
    try (cgroup;
        bpffs) {
      stop();
      assertThat(cgroup.links()).isEmpty();
      assertThat(bpffs.files()).isEmpty();
    } finally {
      delete();
    }
  }

  private void delete() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(TestDaemon::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
