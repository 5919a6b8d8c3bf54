package org.uidnet.netd.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.api.client.UsageQuery;
import org.uidnet.netd.daemon.HostBoot;
import org.uidnet.netd.kernel.Attachment.Outcome;
import org.uidnet.netd.kernel.Bpffs;
import org.uidnet.netd.kernel.Cgroup;
import org.uidnet.netd.kernel.Cpus;
import org.uidnet.netd.kernel.Handover;
import org.uidnet.netd.kernel.Loader;
import org.uidnet.netd.kernel.Mounts;
import org.uidnet.netd.kernel.Unload;
import org.uidnet.netd.sys.BootClock;
import org.uidnet.netd.testing.HostKernel;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.RuleMaps;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.object.Limits;
import org.uidnet.programs.object.ProgramObject;
import org.uidnet.stats.Host;

/** What a restart and a reboot make of the figures: nothing is lost, nothing counts twice. */
@KernelTest
@Timeout(60)
class RestartCountingTest {
  private static final long UID = 10123;
  private static final int PAYLOAD = 64;
  private static final int IP_AND_UDP = 28;

  @ParameterizedTest
  @ValueSource(longs = {1000, 65535, 65536, 70_000, 4_000_000_000L, 4_294_967_293L})
  void usage_anyUid_exact(long uid) throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      send(daemon, uid, 500);

      assertThat(daemon.usage(uid)).isEqualTo(datagrams(500));
      assertThat(daemon.summary("uid"))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.uid()).contains(uid);
                assertThat(row.traffic()).isEqualTo(datagrams(500));
              });
    }
  }

  @Test
  void restart_pinsAdopted_countsOn() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      UUID epoch = epoch(daemon);
      send(daemon, UID, 100);
      for (int restart = 1; restart <= 3; restart++) {
        daemon.leave();
        send(daemon, UID, 100);
        daemon.start();

        assertThat(daemon.platform().outcome()).isEqualTo(Outcome.ADOPTED);
        assertThat(epoch(daemon)).isEqualTo(epoch);
        send(daemon, UID, 100);
        assertThat(daemon.usage(UID)).isEqualTo(datagrams(100 * (1 + 2 * restart)));
        assertThat(sinceBoot(daemon)).isEqualTo(datagrams(100 * (1 + 2 * restart)));
      }
    }
  }

  /** Maps of the version before the firewall, whose rows of UIDs are others. */
  @Test
  void restart_mapsOfLayoutVersion1_countsOn() throws IOException {
    try (TestDaemon daemon = new TestDaemon()) {
      attachLayoutVersion1(daemon);
      send(daemon, UID, 100);
      send(daemon, 70_000, 50);
      daemon.start();

      assertThat(daemon.platform().outcome()).isEqualTo(Outcome.NEW_MAPS);
      send(daemon, UID, 70);
      send(daemon, 70_000, 30);
      assertThat(daemon.usage(UID)).isEqualTo(datagrams(170));
      assertThat(daemon.usage(70_000)).isEqualTo(datagrams(80));
    }
  }

  private static void attachLayoutVersion1(TestDaemon daemon) throws IOException {
    try (InputStream in = RestartCountingTest.class.getResourceAsStream("/uidnet-layout-1.bpf.o")) {
      ProgramObject object = ProgramObject.parse(in.readAllBytes());
      Limits limits = Limits.ofHost(Cpus.possible(), HostKernel.hasNamespaceCookies());
      Cgroup cgroup = Cgroup.at(daemon.cgroup(), Mounts.read());
      Bpffs bpffs = Bpffs.prepare(Optional.of(daemon.bpffs()));
      new Loader(object, limits, cgroup, bpffs, Clock.systemUTC()).attach(NOTHING).close();
    }
  }

  private static final Handover NOTHING =
      new Handover() {
        @Override
        public void prepare(RuleMaps fresh) {}

        @Override
        public void retire(Datapath counted) {}
      };

  @Test
  void restart_cleanStopInSameBoot_sinceBootGoesOn() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      UUID epoch = epoch(daemon);
      send(daemon, UID, 100);
      daemon.stop();
      send(daemon, UID, 100);
      daemon.start();

      assertThat(daemon.platform().outcome()).isEqualTo(Outcome.FRESH);
      assertThat(epoch(daemon)).isNotEqualTo(epoch);
      send(daemon, UID, 100);
      assertThat(daemon.usage(UID)).as("nothing counted between the two").isEqualTo(datagrams(200));
      assertThat(sinceBoot(daemon)).isEqualTo(datagrams(200));
    }
  }

  @Test
  void reboot_afterCleanStop_beginsEpochAndKeepsHistory() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      send(daemon, UID, 100);
      daemon.stop();

      assertNewBootCountsOnTopOf(daemon, 100);
    }
  }

  @Test
  void reboot_afterCrash_beginsEpochAndKeepsHistory() throws IOException {
    try (TestDaemon daemon = TestDaemon.started()) {
      send(daemon, UID, 100);
      daemon.leave();
      unload(daemon);

      assertNewBootCountsOnTopOf(daemon, 100);
    }
  }

  private static void assertNewBootCountsOnTopOf(TestDaemon daemon, int before) throws IOException {
    daemon.start(anotherBoot());
    assertThat(daemon.platform().outcome()).isEqualTo(Outcome.FRESH);
    UUID epoch = epoch(daemon);
    assertThat(daemon.usage(UID)).isEqualTo(datagrams(before));
    assertThat(sinceBoot(daemon)).isEqualTo(Traffic.NONE);

    send(daemon, UID, 70);
    assertThat(sinceBoot(daemon)).isEqualTo(datagrams(70));
    assertThat(daemon.usage(UID)).isEqualTo(datagrams(before + 70));
    assertThat(sinceBoot(daemon)).isEqualTo(datagrams(70));

    daemon.leave();
    daemon.start(anotherBoot());
    assertThat(epoch(daemon)).isEqualTo(epoch);
    assertThat(sinceBoot(daemon)).isEqualTo(datagrams(70));
    assertThat(daemon.usage(UID)).isEqualTo(datagrams(before + 70));
  }

  /** As a reboot does: whatever was in the kernel is gone. */
  private static void unload(TestDaemon daemon) {
    Cgroup cgroup = Cgroup.at(daemon.cgroup(), Mounts.read());
    new Unload(ProgramObject.load(), Optional.of(cgroup))
        .run(Bpffs.find(Optional.of(daemon.bpffs())));
  }

  private static Host anotherBoot() {
    Host real = HostBoot.read(Clock.systemUTC());
    return new Host("11111111-2222-3333-4444-555555555555", real.bootTime(), BootClock::nanos);
  }

  private static UUID epoch(TestDaemon daemon) {
    return daemon.platform().datapath().control().epoch();
  }

  private static Traffic sinceBoot(TestDaemon daemon) throws IOException {
    return daemon.client().sinceBoot(UsageQuery.NONE.uid(Long.toString(UID))).total();
  }

  private static void send(TestDaemon daemon, long uid, int datagrams) {
    daemon.traffic().as(uid).run("udp-pairs", 1, datagrams);
  }

  /** To the UID itself, so both ways. */
  private static Traffic datagrams(int datagrams) {
    long bytes = (long) datagrams * (PAYLOAD + IP_AND_UDP);
    return new Traffic(bytes, datagrams, bytes, datagrams);
  }
}
