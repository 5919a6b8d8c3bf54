package org.uidnet.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.simulator.scenario.ScenarioTexts.scenario;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Networks.Interface;
import org.uidnet.programs.SlotId;
import org.uidnet.simulator.scenario.Scenario;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.scenario.UserSpec;

/** One seed, one result; and what devices count is what hooks count and what no socket owns. */
class WorldTest {
  private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private static World phone(long seed) {
    return new World(Scenarios.shipped("phone"), seed, MONDAY);
  }

  private static World after(World world, Duration time) {
    runUntil(world, world.elapsed().plus(time), time);
    return world;
  }

  /** In runs of that length; a reboot ends a run, not the story. */
  private static void runUntil(World world, Duration end, Duration slice) {
    while (world.elapsed().compareTo(end) < 0) {
      Duration left = end.minus(world.elapsed());
      world.run(slice.compareTo(left) < 0 ? slice : left);
    }
  }

  @Test
  void sameSeed_sameCounters() {
    World one = after(phone(7), DAY);
    World other = after(phone(7), DAY);

    assertThat(Readings.of(one)).isNotEmpty().isEqualTo(Readings.of(other));
    assertThat(one.truth()).isEqualTo(other.truth());
    assertThat(one.networks().interfaces()).isEqualTo(other.networks().interfaces());
    assertThat(one.boot().id()).isEqualTo(other.boot().id());
    assertThat(one.boot().kernel().datapath().control().epoch())
        .isEqualTo(other.boot().kernel().datapath().control().epoch());
  }

  @Test
  void otherSeed_otherCounters() {
    assertThat(Readings.of(after(phone(7), DAY))).isNotEqualTo(Readings.of(after(phone(8), DAY)));
  }

  /** Eight days from Monday on: the reboot of Sunday is among them. */
  @ParameterizedTest
  @ValueSource(longs = {3_600_000, 433_017, 86_400_000 * 3L})
  void run_howeverSliced_givesTheSame(long milliseconds) {
    Duration week = Duration.ofDays(8);
    World whole = after(phone(1), week);
    World sliced = phone(1);
    runUntil(sliced, week, Duration.ofMillis(milliseconds));

    assertThat(sliced.boot().id()).isEqualTo(whole.boot().id()).isNotEqualTo(phone(1).boot().id());
    assertThat(Readings.of(sliced)).isEqualTo(Readings.of(whole));
    assertThat(sliced.truth()).isEqualTo(whole.truth());
    assertThat(sliced.device()).isEqualTo(whole.device());
    assertThat(sliced.clock().instant()).isEqualTo(whole.clock().instant());
    assertThat(sliced.boot().nanos().getAsLong()).isEqualTo(whole.boot().nanos().getAsLong());
  }

  @Test
  void oneMoreUser_changesNoOther() {
    Scenario phone = Scenarios.shipped("phone");
    List<UserSpec> more = new ArrayList<>();
    more.add(
        new UserSpec(
            "newcomer",
            19_999,
            phone.users().get(9).namespace(),
            phone.users().get(9).activities()));
    more.addAll(phone.users());
    Scenario bigger =
        new Scenario(
            phone.title(),
            phone.zone(),
            phone.limits(),
            phone.interfaces(),
            phone.namespaces(),
            more,
            phone.device(),
            phone.incidents());

    World before = after(phone(3), DAY);
    World with = after(new World(bigger, 3, MONDAY), DAY);
    Map<SlotId, Counters> others = Readings.of(with);
    others.keySet().removeIf(id -> id.uid() == 19_999);

    assertThat(others).isNotEqualTo(Readings.of(with)).isEqualTo(Readings.of(before));
  }

  @ParameterizedTest
  @ValueSource(strings = {"phone", "server"})
  void perInterface_deviceLessSocketless_isWhatTheHooksCounted(String name) {
    World world = after(new World(Scenarios.shipped(name), 11, MONDAY), DAY);

    assertThat(world.truth()).isNotEmpty();
    for (Truth truth : world.truth()) {
      Counters hooks =
          Readings.sum(world, id -> id.netns() == truth.netns() && id.ifindex() == truth.ifindex());
      assertThat(truth.device().minus(truth.socketless())).as(truth.toString()).isEqualTo(hooks);
    }
    assertThat(world.truth()).anyMatch(truth -> !truth.socketless().isZero());
    assertThat(world.truth()).anyMatch(truth -> !truth.device().extra().isZero());
  }

  /** Overflow slots do not say which interface; the sum is as exact. */
  @Test
  @Tag("fault")
  void hostile_overflows_andLosesNothing() {
    World world = after(new World(Scenarios.shipped("hostile"), 5, MONDAY), DAY);
    Counters truth =
        world.truth().stream()
            .map(t -> t.device().minus(t.socketless()))
            .reduce(Counters.NONE, Counters::plus);
    var control = world.boot().kernel().datapath().control();

    assertThat(Readings.sum(world, id -> true)).isEqualTo(truth);
    assertThat(control.uidOverflows()).isPositive();
    assertThat(control.slotOverflows()).isPositive();
    assertThat(control.slotsEverUsed())
        .isEqualTo(world.boot().kernel().datapath().slots().slots() - 1);
  }

  @Test
  void networks_showDevicesAsTheKernelWould() {
    World world = after(phone(2), DAY);

    for (Interface link : world.networks().interfaces()) {
      Truth truth =
          world.truth().stream()
              .filter(t -> t.ifindex() == link.ifindex())
              .findFirst()
              .orElseThrow();
      assertThat(link.networkBytes()).isEqualTo(link.view().of(truth.device()));
      assertThat(link.host()).isTrue();
    }
    assertThat(world.networks().interfaces())
        .extracting(
            link ->
                "%s %d %s %d"
                    .formatted(link.name(), link.ifindex(), link.kind(), link.linkHeader()))
        .containsExactly("lo 1 loopback 14", "wlan0 2 wlan 14", "rmnet0 3 rmnet 0");
  }

  /** About 1 GB on each of these days, and few enough program runs for years in minutes. */
  @Test
  void phone_aDayIsAboutAGigabyte() {
    World world = after(phone(4), DAY.multipliedBy(5));
    long bytes =
        Readings.sum(world, id -> true).wire().rxBytes()
            + Readings.sum(world, id -> true).wire().txBytes();

    assertThat(bytes / 5).isBetween(600_000_000L, 1_500_000_000L);
    assertThat(world.boot().kernel().programRuns() / 5).isLessThan(40_000);
  }

  /** Reboots clear the counters, so each boot's are compared. */
  @Test
  @Tag("long")
  void phone_aYear_isTheSameTwice() {
    long before = System.nanoTime();
    List<Object> year = boots(phone(20), Duration.ofDays(365));
    System.out.println("A year, seed 20: %.1f s".formatted((System.nanoTime() - before) / 1e9));

    assertThat(year).hasSize(53).isEqualTo(boots(phone(20), Duration.ofDays(365)));
  }

  private static List<Object> boots(World world, Duration time) {
    List<Object> boots = new ArrayList<>();
    while (world.elapsed().compareTo(time) < 0) {
      Duration left = time.minus(world.elapsed());
      // Half an hour at a time, so that little is missing before each reboot.
      Map<SlotId, Counters> last = Readings.of(world);
      if (world.run(left.compareTo(HALF_HOUR) < 0 ? left : HALF_HOUR) == Outcome.REBOOTED) {
        boots.add(last);
      }
    }
    boots.add(Readings.of(world));
    return boots;
  }

  @Test
  void networks_areReadableWhileItRuns() throws Exception {
    World world = phone(6);
    Thread runner = new Thread(() -> after(world, Duration.ofDays(3)), "world");
    runner.start();
    int readings = 0;
    while (runner.isAlive()) {
      for (Interface link : world.networks().interfaces()) {
        assertThat(link.networkBytes().rxBytes())
            .isGreaterThanOrEqualTo(20 * link.counters().rxPackets());
      }
      readings++;
    }
    runner.join();

    assertThat(readings).isPositive();
    assertThat(world.elapsed()).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void names_areThoseOfTheScenario() {
    World world = phone(1);

    assertThat(world.names().name(10_110)).contains("com.example.video");
    assertThat(world.names().name(1_010_123)).contains("10_com.example.meet");
    assertThat(world.names().name(4711)).isEmpty();
  }

  @Test
  void nothingToDo_costsNothing() {
    World world =
        new World(
            scenario("title: Idle\ninterfaces: {tun0: {kind: tun}}\nusers: {root: {uid: 0}}\n"),
            1,
            MONDAY);

    assertThat(world.run(Duration.ofDays(100 * 365))).isEqualTo(Outcome.DONE);
    assertThat(world.clock().instant()).isEqualTo(MONDAY.plus(Duration.ofDays(100 * 365)));
    assertThat(world.boot().kernel().programRuns()).isZero();
  }
}
