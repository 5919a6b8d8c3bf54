package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.DatapathException;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.Truth;
import org.uidnet.simulator.world.World;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.UsageFilter;

/**
 * A day of a host, with a history that is killed at random and cannot always see the interfaces.
 * The scenario of the hostile one has the rest: 100,000 UIDs, interfaces and namespaces that are
 * made again, jumps of the clock, a reboot.
 */
@Tag("fault")
class SimulatedFaultsTest {
  private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration GLANCE = Duration.ofSeconds(10);
  private static final int GLANCES_BETWEEN_POLLS = 30;
  private static final int POLLS_BETWEEN_KILLS = 40;
  private static final int LOOKS_BETWEEN_FAILURES = 10;

  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  private SimulatedDaemon.Plan plan;
  private World world;

  /** What sockets have sent and received, as the devices of all boots know it. */
  private Traffic carried = Traffic.NONE;

  private int kills;

  @Test
  void phone_aDayOfFaults_historyIsWhatTheDevicesCarried() {
    assertDay("phone");
  }

  @Test
  @Tag("long")
  void hostile_aDayOfFaults_historyIsWhatTheDevicesCarried() {
    assertDay("hostile");
  }

  private void assertDay(String scenario) {
    plan = new SimulatedDaemon.Plan(Scenarios.shipped(scenario), seed, DAY, 60);
    world = new World(plan.scenario(), seed, START);
    int boots = 0;
    while (!isOver()) {
      liveOneBoot();
      boots++;
    }
    System.out.printf("seed %d: %d boots, %d kills, %s%n", seed, boots, kills, carried);
    assertThat(kills).isPositive();
    assertThat(total()).as("seed %d", seed).isEqualTo(carried);
  }

  private boolean isOver() {
    return world.elapsed().compareTo(DAY) >= 0;
  }

  /** The host shuts down in order: the last snapshot is taken when nothing is carried any more. */
  private void liveOneBoot() {
    while (!isOver() && !world.device().rebooting()) {
      try (StatsService stats = open()) {
        liveUntilKilled(stats);
      }
      kills++;
    }
    carried = carried.plus(ofSockets());
    while (!isOver() && world.device().rebooting()) {
      world.run(GLANCE);
    }
  }

  private void liveUntilKilled(StatsService stats) {
    boolean killed = false;
    while (!killed && !isOver() && !world.device().rebooting()) {
      world.run(GLANCE);
      if (random.nextInt(GLANCES_BETWEEN_POLLS) == 0) {
        stats.poll();
        killed = random.nextInt(POLLS_BETWEEN_KILLS) == 0;
      }
      killed |= random.nextInt(GLANCES_BETWEEN_POLLS * POLLS_BETWEEN_KILLS) == 0;
    }
    if (!killed) {
      stats.poll();
    }
  }

  private StatsService open() {
    Platform platform = plan.platform(world);
    return StatsService.open(
        StatsConfig.in(directory).withZone(world.clock().getZone()),
        platform.datapath(),
        () -> interfaces(platform),
        platform.names(),
        platform.host(),
        world.clock());
  }

  private List<Networks.Interface> interfaces(Platform platform) {
    if (random.nextInt(LOOKS_BETWEEN_FAILURES) == 0) {
      throw new DatapathException("no descriptor left");
    }
    return platform.networks().interfaces();
  }

  private Traffic ofSockets() {
    return world.truth().stream()
        .map(SimulatedFaultsTest::ofSockets)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  private static Traffic ofSockets(Truth truth) {
    return truth.device().minus(truth.socketless()).wire();
  }

  private Traffic total() {
    try (StatsService stats = open()) {
      return stats
          .summary(
              new SummaryQuery(
                  Instant.EPOCH,
                  START.plus(DAY.multipliedBy(30)),
                  EnumSet.noneOf(Dimension.class),
                  UsageFilter.ALL))
          .total();
    }
  }
}
