package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.netd.testing.TestBpffs;
import org.uidnet.netd.testing.TestCgroup;
import org.uidnet.netd.testing.Traffic;
import org.uidnet.programs.Drop;
import org.uidnet.programs.object.ProgramObject;

/**
 * A daemon that does not run for a while, as on a host that is starved, and one that can open
 * nothing: the kernel counts and judges alone, and nothing is missing afterwards.
 */
@KernelTest
@Tag("fault")
@Timeout(180)
class SuspensionTest {
  private static final long UID = 31_601;
  private static final int DATAGRAM = 64 + 28; // payload, IP and UDP
  private static final int SOME = 200;
  private static final String CHAIN = "standby";

  /** More than the ring buffer has room for. */
  private static final int BLOCKED = 4000;

  private static final long FIRST_BLOCKED = 40_000;
  private static final int REFUSED = 5 + 28;

  private final TestCgroup cgroup = TestCgroup.create();
  private final TestBpffs bpffs = TestBpffs.mounted();
  @TempDir private Path directory;
  private DaemonProcess daemon;
  private long sent;

  @BeforeEach
  void start() throws IOException {
    daemon = DaemonProcess.start(cgroup.path(), pins(), directory);
    daemon.awaitReady();
  }

  @AfterEach
  void close() {
    try (cgroup;
        bpffs) {
      daemon.resume();
      daemon.stop();
      new Unload(ProgramObject.load(), Optional.of(cgroup.cgroup()))
          .run(Bpffs.find(Optional.of(pins())));
    }
  }

  private Path pins() {
    return bpffs.point().resolve("uidnet");
  }

  @Test
  void daemon_stoppedAndContinued_hasEveryByte() throws IOException {
    send();
    daemon.suspend();
    send();
    daemon.resume();
    send();
    assertCountedExactly();
  }

  @Test
  void daemon_stoppedWhileEventsOverflow_tellsTheLossAndRefusalsAreExact() throws IOException {
    List<Long> blocked = LongStream.range(FIRST_BLOCKED, FIRST_BLOCKED + BLOCKED).boxed().toList();
    daemon.client().send(ApiRequest.replaceUids(CHAIN, blocked));
    daemon.client().send(ApiRequest.setEnabled(CHAIN, true));
    daemon.suspend();
    Traffic.in(cgroup.path()).run("udp-uids", "127.0.0.1", 9, 5, 1, FIRST_BLOCKED, BLOCKED);
    send();
    daemon.resume();

    assertThat(daemon.client().send(ApiRequest.status()).firewall().lostEvents()).isPositive();
    assertThat(daemon.client().send(ApiRequest.drops(UsageQuery.NONE.from("-1d"))).total())
        .isEqualTo(new Drop(BLOCKED, (long) BLOCKED * REFUSED));
    assertCountedExactly();
  }

  /** The stream was open before; a new connection waits until it can be taken. */
  @Test
  void daemon_canOpenNothing_storesOnAndHeals() throws IOException {
    try (EventReader events = daemon.client().events(ApiRequest.events(UsageQuery.NONE))) {
      daemon.exhaustDescriptors();
      send();
      Instant since = Instant.now();
      awaitSnapshotAfter(since, events);
      awaitSnapshotAfter(since.plusSeconds(3), events);
    } finally {
      daemon.freeDescriptors();
    }
    Settled.assertEquals("problems", () -> daemon.client().health().problems(), List::of);
    assertCountedExactly();
  }

  private static void awaitSnapshotAfter(Instant time, EventReader events) throws IOException {
    JsonNode event = events.next().orElseThrow();
    while (!event.has("asOf") || !Instant.parse(event.path("asOf").asText()).isAfter(time)) {
      event = events.next().orElseThrow();
    }
  }

  private void send() {
    Traffic.in(cgroup.path()).as(UID).run("udp-pairs", 1, SOME);
    sent += SOME;
  }

  private void assertCountedExactly() throws IOException {
    daemon.client().poll();
    assertThat(
            daemon
                .client()
                .summary(UsageQuery.NONE.from("-1d").to("now").uid(Long.toString(UID)))
                .total())
        .isEqualTo(new org.uidnet.programs.Traffic(sent * DATAGRAM, sent, sent * DATAGRAM, sent));
  }
}
