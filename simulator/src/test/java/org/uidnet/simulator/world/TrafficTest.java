package org.uidnet.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.simulator.scenario.ScenarioTexts.scenario;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Traffic;
import org.uidnet.programs.layout.Layouts;

/** What single users do, and what the programs make of it. */
class TrafficTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

  private static World world(String users) {
    return new World(
        scenario(
            """
            title: Traffic
            interfaces:
              wlan0: {kind: wifi, up: [00:00-06:00, 09:00-24:00]}
              rmnet0: {kind: mobile, metered: true}
            namespaces: {box: {owner: 7000}, web: {}}
            device: {screen: 03:00-04:00}
            traffic:
              ask: {up: 1 kB, down: 2 kB}
              load: {up: 10 kB, down: 5 MB, rate: 1 MB/s}
              serve: {server: true, up: 300 kB, down: 1 kB}
              stream: {over: udp, up: 1 kB, down: 40 MB, rate: 2 kB/s}
              talk: {over: udp, up: 40 MB, down: 1 kB, rate: 20 kB/s}
              tiny: {over: udp4, up: 1 kB, packet: 10 B}
              ping: {over: ping, up: 560 B}
            users:
            """
                + users.indent(2)),
        1,
        MIDNIGHT);
  }

  private static World after(World world, Duration time) {
    assertThat(world.run(time)).isEqualTo(Outcome.DONE);
    return world;
  }

  @Test
  void bulk_isCountedByTheWire_andInPieces() {
    World world =
        after(
            world("alice: {uid: 1000, does: {do: load, times: 1, at: 01:00-02:00}}"),
            Duration.ofHours(3));
    Counters counted = Readings.sum(world, id -> id.uid() == 1000);

    assertThat(counted.wire().rxBytes()).isBetween(2_500_000L, 8_000_000L);
    assertThat(counted.wire().rxBytes() / counted.wire().rxPackets()).isBetween(1300L, 1500L);
    assertThat(counted.device().rxBytes() / counted.device().rxPackets())
        .isBetween(20_000L, 65_535L);
  }

  @Test
  void packet_isNeverMerged() {
    World world =
        after(world("alice: {uid: 1000, does: {do: tiny, times: 1}}"), Duration.ofDays(1));
    Counters counted = Readings.sum(world, id -> id.uid() == 1000);

    assertThat(counted.extra()).isEqualTo(Traffic.NONE);
    assertThat(counted.wire().txPackets()).isBetween(50L, 150L);
    assertThat(counted.wire().txBytes()).isLessThanOrEqualTo(38 * counted.wire().txPackets());
  }

  @Test
  void ping_eachRequestHasItsAnswer() {
    World world = after(world("root: {uid: 0, does: {do: ping, every: 1 h}}"), Duration.ofDays(1));
    Traffic counted = Readings.uid(world, 0);

    assertThat(counted.rxPackets()).isPositive().isEqualTo(counted.txPackets());
  }

  @Test
  void networkChange_movesARunningStream() {
    World world = world("alice: {uid: 1000, does: {do: stream, times: 1, at: 00:00-00:10}}");
    after(world, Duration.ofHours(5));
    assertThat(world.device().network()).contains("wlan0");
    assertThat(Readings.device(world, "rmnet0").rxBytes()).isLessThan(10_000);

    after(world, Duration.ofMinutes(65));
    Traffic wlan = Readings.device(world, "wlan0");
    assertThat(world.device().network()).contains("rmnet0");
    assertThat(world.device().metered()).isTrue();

    after(world, Duration.ofMinutes(60));
    assertThat(Readings.device(world, "wlan0")).isEqualTo(wlan);
    assertThat(Readings.device(world, "rmnet0").rxBytes()).isGreaterThan(1_000_000);
    assertThat(Readings.of(world).keySet()).extracting(id -> id.ifindex()).containsExactly(2, 3);
  }

  @Test
  void loopback_passesBothHooks() {
    World world =
        after(
            world("db: {uid: 1000, does: {do: load, times: 3, interface: lo}}"),
            Duration.ofDays(1));
    Traffic counted = Readings.uid(world, 1000);

    assertThat(counted.rxBytes()).isPositive().isEqualTo(counted.txBytes());
    assertThat(Readings.device(world, "lo")).isEqualTo(counted);
  }

  @Test
  void foreground_hasItsOwnCounters_whileAnActivityLasts() {
    World world =
        after(
            world(
                """
                alice: {uid: 1000, does: [{do: ask, every: 10 m}, {do: ask, at: 03:00-04:00, every: 5 m, foreground: true, when: screen}]}
                work: {uid: 1010123, does: [{do: load, every: 1 h, foreground: true}, {do: ask, every: 10 m}]}
                """),
            Duration.ofDays(1));

    for (long uid : new long[] {1000, 1_010_123}) {
      assertThat(Readings.sum(world, id -> id.uid() == uid && id.set() == 0).wire().rxBytes())
          .isPositive();
      assertThat(Readings.sum(world, id -> id.uid() == uid && id.set() == 1).wire().rxBytes())
          .isPositive();
    }
  }

  @Test
  void when_notFulfilled_nothingHappens() {
    World world =
        after(
            world("alice: {uid: 1000, does: {do: ask, at: 05:00-08:00, every: 5 m, when: screen}}"),
            Duration.ofDays(1));

    assertThat(Readings.of(world)).isEmpty();
  }

  /** Root inside, UID 7000 outside: the packet hook sees 0, the create hook knows better. */
  @Test
  void foreignNamespace_usersKeepTheirRealUid() {
    World world =
        after(
            world(
                """
                boxer: {uid: 7000, in: box, does: {do: ask, every: 10 m}}
                server: {uid: 7001, in: box, does: {do: serve, every: 10 m}}
                web: {uid: 33, in: web, does: {do: serve, every: 10 m}}
                """),
            Duration.ofDays(1));
    long host = world.boot().kernel().host().cookie();

    assertThat(Readings.of(world).keySet())
        .extracting(id -> id.uid())
        .containsOnly(33L, 7000L, 7001L);
    assertThat(Readings.of(world).keySet()).extracting(id -> id.netns()).doesNotContain(host);
    assertThat(Readings.uid(world, 7001).txBytes()).isPositive();
  }

  /** The listener outlives the connections that came to nothing, and with it its owner's UID. */
  @Test
  void foreignListener_afterBlockedConnections_isStillItsOwners() {
    World world = world("server: {uid: 7001, in: box, does: {do: serve, every: 10 m}}");
    world.boot().kernel().datapath().control().setEnabledChains(Layouts.CHAIN_DOZABLE);
    after(world, Duration.ofHours(2));
    world.boot().kernel().datapath().control().setEnabledChains(0);
    after(world, Duration.ofHours(2));

    assertThat(Readings.of(world).keySet()).extracting(id -> id.uid()).containsOnly(7001L);
    assertThat(Readings.uid(world, 7001).txBytes()).isPositive();
  }

  @Test
  void namespaceTraffic_isForwardedByTheHost() {
    World world =
        after(
            world("web: {uid: 33, in: web, does: {do: serve, times: 20, at: 01:00-05:00}}"),
            Duration.ofHours(6).minusSeconds(1));
    Traffic inside = Readings.uid(world, 33);

    assertThat(Readings.device(world, "veth-web"))
        .isEqualTo(
            world.networks().interfaces().stream()
                .filter(link -> link.name().equals("eth0") && link.netns() == 3)
                .map(link -> link.networkBytes())
                .map(t -> new Traffic(t.txBytes(), t.txPackets(), t.rxBytes(), t.rxPackets()))
                .findFirst()
                .orElseThrow());
    assertThat(Readings.device(world, "wlan0").txBytes()).isGreaterThanOrEqualTo(inside.txBytes());
  }

  @Test
  void dropOnTheWayOut_reachesNoDevice_andTheStreamGoesOnWhenAllowed() {
    World world = world("alice: {uid: 1000, does: {do: talk, times: 1, at: 00:00-00:01}}");
    after(world, Duration.ofMinutes(5));
    Traffic before = Readings.uid(world, 1000);
    world.boot().kernel().datapath().control().setEnabledChains(Layouts.CHAIN_DOZABLE);

    after(world, Duration.ofSeconds(40));
    Traffic blocked = Readings.uid(world, 1000);
    assertThat(blocked.txPackets()).isEqualTo(before.txPackets());
    world.boot().kernel().datapath().control().setEnabledChains(0);
    after(world, Duration.ofMinutes(30));

    assertThat(Readings.uid(world, 1000).txBytes()).isGreaterThan(blocked.txBytes());
    assertThatTruthHolds(world);
  }

  @Test
  void blockedFromTheStart_nothingIsSent_andItGivesUp() {
    World world = world("alice: {uid: 1000, does: {do: load, times: 1, at: 00:30-00:31}}");
    world.boot().kernel().datapath().control().setEnabledChains(Layouts.CHAIN_DOZABLE);
    after(world, Duration.ofHours(2));
    world.boot().kernel().datapath().control().setEnabledChains(0);
    after(world, Duration.ofHours(2));

    assertThat(Readings.of(world)).isEmpty();
    assertThatTruthHolds(world);
  }

  /** The stranger's SYN arrives and is counted, by device and hook; the answer never comes. */
  @Test
  void dropOnTheWayIn_wasCountedAlready() {
    World world = world("www: {uid: 33, does: {do: serve, times: 1, at: 00:30-00:31}}");
    world.boot().kernel().datapath().control().setEnabledChains(Layouts.CHAIN_DOZABLE);
    after(world, Duration.ofHours(2));
    Traffic counted = Readings.uid(world, 33);
    Truth wlan = world.truth().stream().filter(t -> t.ifindex() == 2).findFirst().orElseThrow();

    assertThat(counted.rxPackets()).isBetween(2L, 10L);
    assertThat(counted.txPackets()).isZero();
    assertThat(wlan.device().minus(wlan.socketless()).wire()).isEqualTo(counted);
  }

  private static void assertThatTruthHolds(World world) {
    for (Truth truth : world.truth()) {
      assertThat(truth.device().minus(truth.socketless()))
          .isEqualTo(
              Readings.sum(
                  world, id -> id.netns() == truth.netns() && id.ifindex() == truth.ifindex()));
    }
  }
}
