package org.uidnet.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.simulator.scenario.ScenarioTexts.scenario;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Networks.Interface;
import org.uidnet.programs.Traffic;

/** Reboots, suspends, clock jumps, interfaces and namespaces that come back. */
class IncidentsTest {
  private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

  private static World world(String incident) {
    return new World(
        scenario(
            """
            title: One incident
            interfaces: {eth0: {kind: ethernet}, tun0: {kind: tun}}
            namespaces: {box: {}}
            traffic: {ask: {up: 1 kB, down: 2 kB}}
            users:
              alice: {uid: 1000, does: {do: ask, every: 1 m}}
              boxer: {uid: 1001, in: box, does: {do: ask, every: 1 m}}
              tunnel: {uid: 1002, does: {do: ask, every: 1 m, interface: tun0}}
            incidents:
            """
                + "  - "
                + incident
                + "\n"),
        1,
        MIDNIGHT);
  }

  private static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  private static Interface link(World world, String name) {
    return world.networks().interfaces().stream()
        .filter(link -> link.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void reboot_endsTheRun_andForgetsAllButTheTime() {
    World world = world("{do: reboot, at: 06:00-06:01, times: 1, takes: 10 m}");
    Boot first = world.boot();
    world.run(hours(5));
    assertThat(Readings.of(world)).isNotEmpty();

    assertThat(world.run(hours(10))).isEqualTo(Outcome.REBOOTED);

    assertThat(world.elapsed()).isBetween(Duration.ofMinutes(370), Duration.ofMinutes(371));
    assertThat(world.boot().id()).isNotEqualTo(first.id());
    assertThat(world.boot().kernel()).isNotSameAs(first.kernel());
    assertThat(world.boot().kernel().datapath().control().epoch())
        .isNotEqualTo(first.kernel().datapath().control().epoch());
    assertThat(world.boot().bootTime()).isEqualTo(MIDNIGHT.plus(world.elapsed()));
    assertThat(world.boot().nanos().getAsLong()).isZero();
    assertThat(Readings.of(world)).isEmpty();
    assertThat(link(world, "eth0").counters()).isEqualTo(Traffic.NONE);
    assertThat(world.truth()).allMatch(truth -> truth.device().isZero());

    world.run(hours(1));
    assertThat(Readings.uid(world, 1000).rxBytes()).isPositive();
    assertThat(world.boot().nanos().getAsLong()).isEqualTo(hours(1).toNanos());
    assertThat(world.clock().instant()).isEqualTo(MIDNIGHT.plus(world.elapsed()));
  }

  @Test
  void whileOff_nothingMoves_andTheLastBootIsStillReadable() {
    World world = world("{do: reboot, at: 06:00-06:01, times: 1, takes: 30 m}");
    Boot first = world.boot();
    world.run(hours(6).plusMinutes(2));
    var counted = Readings.of(world);

    assertThat(world.device().rebooting()).isTrue();
    assertThat(world.run(Duration.ofMinutes(20))).isEqualTo(Outcome.DONE);
    assertThat(world.boot()).isEqualTo(first);
    assertThat(Readings.of(world)).isEqualTo(counted).isNotEmpty();

    assertThat(world.run(hours(1))).isEqualTo(Outcome.REBOOTED);
    assertThat(world.device().rebooting()).isFalse();
  }

  @Test
  void suspend_stopsTraffic_butNotTheBootClock() {
    World world = world("{do: suspend, at: 06:00-06:01, times: 1, takes: 3 h}");
    world.run(hours(6).plusMinutes(2));
    var counted = Readings.of(world);
    var devices = world.networks().interfaces();
    assertThat(world.device().suspended()).isTrue();

    world.run(hours(2));
    assertThat(Readings.of(world)).isEqualTo(counted).isNotEmpty();
    assertThat(world.networks().interfaces()).isEqualTo(devices);
    assertThat(world.boot().nanos().getAsLong()).isEqualTo(world.elapsed().toNanos());

    world.run(hours(1));
    assertThat(world.device().suspended()).isFalse();
    assertThat(Readings.uid(world, 1000).rxBytes())
        .isGreaterThan(
            counted.entrySet().stream()
                .filter(entry -> entry.getKey().uid() == 1000)
                .mapToLong(entry -> entry.getValue().wire().rxBytes())
                .sum());
  }

  @Test
  void clockJump_movesTheWallClockOnly_andIsSetRightAgain() {
    World world = world("{do: clock-jump, at: 06:00-06:01, times: 1, by: -1 d, takes: 2 h}");
    world.run(hours(7));

    assertThat(world.clock().instant()).isEqualTo(MIDNIGHT.plus(hours(7 - 24)));
    assertThat(world.clock().withZone(ZoneId.of("Asia/Tokyo")).instant())
        .isEqualTo(world.clock().instant());
    assertThat(world.elapsed()).isEqualTo(hours(7));
    assertThat(world.boot().nanos().getAsLong()).isEqualTo(hours(7).toNanos());

    world.run(hours(2));
    assertThat(world.clock().instant()).isEqualTo(MIDNIGHT.plus(hours(9)));
  }

  @Test
  void clockJump_withoutTakes_staysWrong_alsoOverAReboot() {
    World world =
        world(
            "{do: clock-jump, at: 06:00-06:01, times: 1, by: 90 s}\n"
                + "  - {do: reboot, at: 08:00-08:01, times: 1}");

    assertThat(world.run(hours(12))).isEqualTo(Outcome.REBOOTED);
    assertThat(world.boot().bootTime()).isEqualTo(MIDNIGHT.plus(world.elapsed()).plusSeconds(90));
  }

  @Test
  void recreate_sameIndex_countersBeginAtZero() {
    World world =
        world("{do: recreate, what: tun0, at: 06:00-06:01, times: 1, takes: 10 m, ifindex: same}");
    world.run(hours(5));
    Interface before = link(world, "tun0");
    assertThat(before.counters().rxBytes()).isPositive();

    world.run(Duration.ofMinutes(62));
    assertThat(world.networks().interfaces()).extracting(Interface::name).doesNotContain("tun0");
    world.run(Duration.ofMinutes(9));

    assertThat(link(world, "tun0").ifindex()).isEqualTo(before.ifindex());
    assertThat(link(world, "tun0").counters().rxBytes()).isLessThan(before.counters().rxBytes());
    world.run(hours(1));
    assertThat(link(world, "tun0").counters().rxBytes()).isPositive();
    assertThatTruthHolds(world);
  }

  @Test
  void recreate_newIndex() {
    World world = world("{do: recreate, what: eth0, at: 06:00-06:01, times: 1, takes: 1 s}");
    int before = link(world, "eth0").ifindex();
    world.run(hours(7));

    assertThat(link(world, "eth0").ifindex()).isGreaterThan(before);
    assertThat(link(world, "eth0").counters().rxBytes()).isPositive();
    assertThatTruthHolds(world);
  }

  @Test
  void recreate_namespace_hasANewCookieAndAnotherPair() {
    World world = world("{do: recreate, what: box, at: 06:00-06:01, times: 1, takes: 1 s}");
    List<Long> before = cookies(world);
    world.run(hours(7));

    assertThat(cookies(world)).hasSize(2).isNotEqualTo(before);
    assertThat(Readings.sum(world, id -> id.netns() == cookies(world).get(1)).wire().rxBytes())
        .isPositive();
    assertThatTruthHolds(world);
  }

  private static List<Long> cookies(World world) {
    return world.networks().interfaces().stream().map(Interface::netns).distinct().toList();
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
