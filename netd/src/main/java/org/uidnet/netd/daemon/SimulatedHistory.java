package org.uidnet.netd.daemon;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.uidnet.programs.Traffic;
import org.uidnet.simulator.world.Outcome;
import org.uidnet.simulator.world.World;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;

/**
 * Lets the past of a simulated host happen as fast as it goes, and stores it as a daemon would that
 * took a snapshot each hour, and in the last two days each five minutes: no history of that age is
 * finer. For one thread.
 *
 * <p>A reboot comes as loss of power: what was counted since the last snapshot is {@link #lost}.
 */
final class SimulatedHistory {
  private static final Duration FINE = Duration.ofDays(2);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

  private final World world;
  private final SimulatedDaemon.Plan plan;
  private final Path directory;
  private final SimulatedDaemon.Progress progress;
  private final BooleanSupplier cancelled;
  private Traffic storedOfBoot = Traffic.NONE;
  private Traffic lost = Traffic.NONE;
  private int reboots;

  SimulatedHistory(
      World world,
      SimulatedDaemon.Plan plan,
      Path directory,
      SimulatedDaemon.Progress progress,
      BooleanSupplier cancelled) {
    this.world = world;
    this.plan = plan;
    this.directory = directory;
    this.progress = progress;
    this.cancelled = cancelled;
  }

  /** Until so much time has passed since the world began. */
  void passUntil(Duration end) {
    StatsConfig config = StatsConfig.in(directory);
    // An hour without traffic is no sign of rest where it is the shortest time there is.
    StatsConfig hours =
        config
            .withRetention(Duration.ZERO, config.keepHours(), config.keepDays())
            .withSlotIdle(Duration.ofDays(1), config.slotIdleWhenFull(), config.slotsPerUid());
    passUntil(end.minus(FINE), end, hours, this::untilFullHour);
    passUntil(end, end, config, () -> FIVE_MINUTES);
  }

  /** How long to the next snapshot. */
  @FunctionalInterface
  private interface Pause {
    Duration next();
  }

  private void passUntil(Duration end, Duration all, StatsConfig config, Pause pause) {
    while (world.elapsed().compareTo(end) < 0 && !cancelled.getAsBoolean()) {
      Platform platform = plan.platform(world);
      KnownNetworks networks =
          new KnownNetworks(() -> SimulatedManager.interfaces(world), platform::defaultRoute);
      try (StatsService stats =
          Daemon.openStats(platform, config, networks, networks, world.clock())) {
        stats.poll(); // meets the interfaces before they have carried anything, as a daemon does
        while (world.elapsed().compareTo(end) < 0 && !cancelled.getAsBoolean()) {
          if (world.run(shorter(pause.next(), end.minus(world.elapsed()))) == Outcome.REBOOTED) {
            countLost(stats);
            break;
          }
          storedOfBoot = storedOfBoot.plus(stats.poll().stored());
          networks.update(() -> {}); // nothing was counted since the snapshot
          progress.at(world.elapsed(), all);
        }
      }
    }
  }

  /** Of the zone's clock, so that no hour is stored in two parts. */
  private Duration untilFullHour() {
    Instant now = world.clock().instant();
    ZonedDateTime hour = now.atZone(world.clock().getZone()).truncatedTo(ChronoUnit.HOURS);
    return Duration.between(now, hour.plusHours(1));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The counters of the boot that is over can still be read. */
  private void countLost(StatsService stats) {
    Traffic counted =
        stats.sinceBoot(Set.of(), UsageFilter.ALL).rows().stream()
            .map(Usage.Row::traffic)
            .reduce(Traffic.NONE, Traffic::plus);
    lost = lost.plus(counted.minus(storedOfBoot));
    storedOfBoot = Traffic.NONE;
    reboots++;
  }

  /** Counted, and never stored. */
  Traffic lost() {
    return lost;
  }

  int reboots() {
    return reboots;
  }
}
