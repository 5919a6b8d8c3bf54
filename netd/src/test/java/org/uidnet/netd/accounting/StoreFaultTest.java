package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ProblemException;
import org.uidnet.api.client.UidnetClient;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.Health;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.object.ProgramObject;

/**
 * What keeps a daemon from storing, when it runs or when it starts: the kernel counts on, health
 * says why, and when the cause has gone history has every byte once, without a restart.
 */
@KernelTest
@Timeout(120)
class StoreFaultTest {
  private static final long UID = 10123;
  private static final int DATAGRAM = 64 + 28; // payload, IP and UDP
  private static final int SOME = 100;

  /** It takes some until the space that the file holds already is used up. */
  private static final int MOST_POLLS = 400;

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  private final PrivateDisk disk = PrivateDisk.of("16m");
  private long sent;

  @AfterEach
  void close() throws IOException {
    try (cgroup;
        bpffs;
        disk) {
      new Unload(ProgramObject.load(), Optional.of(cgroup.cgroup()))
          .run(Bpffs.find(Optional.of(pins())));
    }
  }

  @Test
  @Tag("fault")
  void poll_diskFull_heals() throws IOException {
    try (DaemonProcess daemon = start()) {
      fillDisk(daemon.client());
      assertCountsOnDegraded(daemon, "No space left on device");

      emptyDisk();
      assertHealed(daemon);
    }
  }

  /** No system lets go of a file that is open for writing: the full disk makes the daemon do so. */
  @Test
  @Tag("fault")
  void poll_fileSystemReadOnly_heals() throws IOException {
    try (DaemonProcess daemon = start()) {
      fillDisk(daemon.client());
      disk.run("mount --bind $0/history.mv.db $0/history.mv.db");
      disk.run("mount -o remount,bind,ro $0/history.mv.db");
      emptyDisk();
      assertCountsOnDegraded(daemon, "read-only");

      disk.run("umount $0/history.mv.db");
      assertHealed(daemon);
    }
  }

  @Test
  @Tag("fault")
  void poll_fileHeldByAnotherProcess_heals() throws IOException {
    try (DaemonProcess daemon = start()) {
      fillDisk(daemon.client());
      try (Closeable other = hold(disk.outside().resolve("history.mv.db"))) {
        emptyDisk();
        assertThat(other).isNotNull();
        assertCountsOnDegraded(daemon, "held by another process");
      }
      assertHealed(daemon);
    }
  }

  @Test
  @Tag("fault")
  void start_fileHeldByAnotherProcess_heals() throws IOException {
    start().close();
    Closeable other = hold(disk.outside().resolve("history.mv.db"));
    try (DaemonProcess daemon = startAgain()) {
      assertCountsOnDegraded(daemon, "held by another process");
      other.close();
      assertHealed(daemon);
    }
  }

  @Test
  @Tag("fault")
  void start_fileSystemReadOnly_heals() throws IOException {
    start().close();
    disk.run("mount --bind $0/history.mv.db $0/history.mv.db");
    disk.run("mount -o remount,bind,ro $0/history.mv.db");
    try (DaemonProcess daemon = startAgain()) {
      assertCountsOnDegraded(daemon, "read-only");

      disk.run("umount $0/history.mv.db");
      assertHealed(daemon);
    }
  }

  /** A lock of this process, as another uidnet would have it. */
  private static Closeable hold(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    assertThat(channel.tryLock()).as("the daemon has let go of its file").isNotNull();
    return channel;
  }

  private DaemonProcess start() throws IOException {
    DaemonProcess daemon = startAgain();
    send();
    daemon.client().poll();
    return daemon;
  }

  private DaemonProcess startAgain() throws IOException {
    DaemonProcess daemon = DaemonProcess.start(cgroup.path(), pins(), disk);
    daemon.awaitReady();
    return daemon;
  }

  private Path pins() {
    return bpffs.point().resolve("uidnet");
  }

  /** To the UID itself, so both ways. */
  private void send() {
    org.uidnet.netd.testing.Traffic.in(cgroup.path()).as(UID).run("udp-pairs", 1, SOME);
    sent += SOME;
  }

  private void fillDisk(UidnetClient client) throws IOException {
    disk.run("cat /dev/zero > $0/filler 2> /dev/null || true");
    for (int i = 0; stores(client); i++) {
      assertThat(i).as("polls that a full disk took").isLessThan(MOST_POLLS);
      send();
    }
  }

  private void emptyDisk() {
    disk.run("rm $0/filler");
  }

  private static boolean stores(UidnetClient client) throws IOException {
    try {
      client.poll();
      return true;
    } catch (ProblemException e) {
      assertThat(e.status()).isEqualTo(503);
      return false;
    }
  }

  private void assertCountsOnDegraded(DaemonProcess daemon, String remedy) throws IOException {
    send();
    assertThat(stores(daemon.client())).as("stores nevertheless").isFalse();
    assertThat(new PinnedCounters(pins()).byUid()).containsEntry(UID, traffic());
    var health = daemon.client().health();
    assertThat(health.status()).isEqualTo(Health.State.DEGRADED);
    assertThat(health.problems())
        .singleElement()
        .asString()
        .contains("counters go on in the kernel", disk.inside() + "/history.mv.db", remedy);
  }

  private void assertHealed(DaemonProcess daemon) throws IOException {
    UidnetClient client = daemon.client();
    send();
    client.poll();
    assertThat(daemon.isAlive()).isTrue();
    assertThat(client.health().problems()).isEmpty();
    assertThat(history(client)).isEqualTo(traffic());
    assertThat(new PinnedCounters(pins()).byUid()).containsEntry(UID, traffic());
  }

  private static Traffic history(UidnetClient client) throws IOException {
    return client.summary(UsageQuery.NONE.from("-1d").to("now").uid(Long.toString(UID))).total();
  }

  private Traffic traffic() {
    return new Traffic(sent * DATAGRAM, sent, sent * DATAGRAM, sent);
  }
}
