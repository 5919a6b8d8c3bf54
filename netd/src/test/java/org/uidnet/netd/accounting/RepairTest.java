package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.api.client.ApiRequest;
import org.uidnet.api.client.EventReader;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.api.model.AuditLog;
import org.uidnet.api.model.Health;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.Mounting;
import org.uidnet.netd.testing.Commands;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.netd.testing.Settled;
import org.uidnet.programs.Traffic;

/** What somebody takes away from a daemon that runs: it notices, puts it back, and tells. */
@KernelTest
@Timeout(120)
class RepairTest extends DaemonTest {
  private static final long UID = 31_501;
  private static final int DATAGRAM = 64 + 28; // payload, IP and UDP
  private static final int SOME = 100;

  private long sent;

  @Test
  @Tag("fault")
  void links_detachedBySomeoneElse_areAttachedAgainAndAudited() throws IOException {
    send();
    int links = links();
    try (EventReader events = events()) {
      detach("uidnet_egress");
      assertThat(repair(events)).contains("detached uidnet_egress: attached again");
    }
    assertThat(links()).isEqualTo(links);
    assertThat(audited()).contains("detached uidnet_egress");
    assertThat(health()).contains("detached uidnet_egress");
    assertCountsExactly();
  }

  @Test
  @Tag("fault")
  void bpffs_unmountedAndMountedAgain_countsOnAndIsPinnedAgain() throws IOException {
    send();
    Path point = point();
    try (EventReader events = events()) {
      Commands.line("umount --lazy %s", point);
      Settled.assertEquals(
          "health says it", () -> health().contains("mount -t bpf bpf " + point), () -> true);
      assertCountsExactly();

      Mounting.mount("uidnet-test", point, "bpf", "mode=0700");
      assertThat(repair(events)).contains("pinned again");
    }
    assertThat(health()).doesNotContain("are gone");
    daemon.leave();
    send();
    daemon.start();
    assertCountsExactly();
  }

  @Test
  @Tag("fault")
  void cgroup_removedAndMadeAgain_isAttachedAgain() throws IOException {
    send();
    try (EventReader events = events()) {
      Files.delete(daemon.cgroup());
      Settled.assertEquals(
          "health says it", () -> health().contains("cannot attach to cgroup"), () -> true);

      Files.createDirectory(daemon.cgroup());
      assertThat(repair(events)).contains("attached again");
    }
    assertThat(health()).doesNotContain("cannot attach");
    assertCountsExactly();
  }

  private void send() {
    daemon.traffic().as(UID).run("udp-pairs", 1, SOME);
    sent += SOME;
  }

  private void assertCountsExactly() throws IOException {
    send();
    assertThat(daemon.usage(UID))
        .isEqualTo(new Traffic(sent * DATAGRAM, sent, sent * DATAGRAM, sent));
  }

  private void detach(String program) {
    try (Fd link = Bpf.openPin(daemon.bpffs().resolve("links").resolve(program))) {
      Bpf.detachLink(link);
    }
  }

  private EventReader events() throws IOException {
    return daemon.client().events(ApiRequest.events(UsageQuery.NONE));
  }

  /** What the next repair says of itself. */
  private static String repair(EventReader events) throws IOException {
    return next(events, event -> event.path("what").asText().equals("programs"))
        .path("after")
        .asText();
  }

  private String audited() throws IOException {
    return daemon.client().send(ApiRequest.audit()).entries().stream()
        .filter(entry -> entry.transport().equals("daemon"))
        .map(AuditLog.Entry::after)
        .findFirst()
        .orElse("");
  }

  /** All problems, if it is degraded by them. */
  private String health() throws IOException {
    Health health = daemon.client().health();
    assertThat(health.status() == Health.State.DEGRADED).isEqualTo(!health.problems().isEmpty());
    return String.join("\n", health.problems());
  }

  private int links() {
    return daemon.platform().inventory().links().size();
  }

  private Path point() {
    return daemon.bpffs().getParent();
  }
}
