package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Traffic;
import org.uidnet.simulator.scenario.Scenarios;
import org.uidnet.simulator.world.Truth;
import org.uidnet.simulator.world.World;
import org.uidnet.stats.DefaultNetwork;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.NetworkIdentities;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;
import org.uidnet.stats.Usage.Row;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.UsageFilter;
import org.uidnet.stats.UsageKey;

class SimulatedHistoryTest {
  private static final Instant START = Instant.parse("2026-03-02T09:17:00Z");
  private static final Duration PAST = Duration.ofDays(14);
  private static final Duration GLANCE = Duration.ofSeconds(10);

  @TempDir Path directory;

  /** What a past leaves in a database. */
  private record Past(Map<UsageKey, Traffic> rows, Traffic total, Traffic lost, int reboots) {}

  private Past live(String name, long seed) throws IOException {
    var plan = new SimulatedDaemon.Plan(Scenarios.shipped("phone"), seed, PAST, 60);
    World world = new World(plan.scenario(), seed, START);
    Path place = Files.createDirectory(directory.resolve(name));
    SimulatedHistory history =
        new SimulatedHistory(world, plan, place, (done, all) -> {}, () -> false);
    history.passUntil(PAST);
    try (StatsService stats =
        Daemon.openStats(
            plan.platform(world),
            StatsConfig.in(place),
            NetworkIdentities.NONE,
            DefaultNetwork.NONE,
            world.clock())) {
      assertThat(stats.status().problems()).isEmpty();
      Map<UsageKey, Traffic> rows = new LinkedHashMap<>();
      var by =
          EnumSet.of(
              Dimension.UID, Dimension.SET, Dimension.IFACE, Dimension.METERED, Dimension.DAY);
      var query = new SummaryQuery(Instant.EPOCH, START.plus(PAST), by, UsageFilter.ALL);
      var summary = stats.summary(query);
      for (Row row : summary.rows()) {
        rows.merge(row.key(), row.traffic(), Traffic::plus);
      }
      return new Past(rows, summary.total(), history.lost(), history.reboots());
    }
  }

  @Test
  void sameSeed_sameTotals() throws IOException {
    Past one = live("one", 1);

    assertThat(one.rows()).hasSizeGreaterThan(300);
    assertThat(live("again", 1)).isEqualTo(one);
    assertThat(live("other", 2).rows()).isNotEqualTo(one.rows());
  }

  @Test
  void networks_areMeteredAsTheScenarioSays() throws IOException {
    assertThat(live("one", 1).rows().keySet())
        .allSatisfy(
            key -> assertThat(key.metered()).contains(key.iface().equals(Optional.of("rmnet0"))));
  }

  /** The sum of two: what history tells, and what it says was lost with the power. */
  @Test
  void history_isWhatTheWorldSent() throws IOException {
    Past past = live("one", 3);

    assertThat(past.reboots()).isPositive();
    assertThat(past.total().plus(past.lost())).isEqualTo(sent(3));
    assertThat(past.lost().rxPackets()).isLessThan(past.total().rxPackets() / 100);
  }

  /** Asks the world alone: of each boot the last that is to be known of it. */
  private static Traffic sent(long seed) {
    World world = new World(Scenarios.shipped("phone"), seed, START);
    Traffic sum = Traffic.NONE;
    boolean wasOff = false;
    while (world.elapsed().compareTo(PAST) < 0) {
      boolean off = world.device().rebooting();
      if (off && !wasOff) {
        sum = sum.plus(ofBoot(world));
      }
      wasOff = off;
      Duration left = PAST.minus(world.elapsed());
      world.run(left.compareTo(GLANCE) < 0 ? left : GLANCE);
    }
    return sum.plus(ofBoot(world));
  }

  private static Traffic ofBoot(World world) {
    return world.truth().stream()
        .map(SimulatedHistoryTest::ofSockets)
        .reduce(Traffic.NONE, Traffic::plus);
  }

  private static Traffic ofSockets(Truth truth) {
    return truth.device().minus(truth.socketless()).wire();
  }
}
