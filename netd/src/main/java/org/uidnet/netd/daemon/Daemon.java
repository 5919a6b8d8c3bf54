package org.uidnet.netd.daemon;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.ApiConfig;
import org.uidnet.api.ApiServer;
import org.uidnet.api.HostPort;
import org.uidnet.api.Limits;
import org.uidnet.api.Services;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.Health;
import org.uidnet.netd.sys.PeerUid;
import org.uidnet.netd.sys.SysException;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;
import org.uidnet.stats.Usage;

/** Everything that runs while counting goes on: history, HTTP, and the snapshots. */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final Platform platform;
  private final DaemonConfig config;
  private final Clock clock;
  private final Instant started;
  private final StatsService stats;
  private final ApiServer api;
  private final AgentRunner snapshots;
  private volatile List<String> platformProblems = List.of();

  private Daemon(Platform platform, DaemonConfig config, Clock clock) throws IOException {
    this.platform = platform;
    this.config = config;
    this.clock = clock;
    started = clock.instant();
    stats = openStats(platform, StatsConfig.in(config.stateDir().data()), clock);
    try {
      api = ApiServer.start(apiConfig(), services());
    } catch (IOException | RuntimeException e) {
      stats.close();
      throw e;
    }
    snapshots = AgentRunner.start("uidnet-snapshots", this::snapshot);
  }

  /** Starts on a platform that counts already. If it fails, nothing of the daemon is left. */
  public static Daemon start(Platform platform, DaemonConfig config, Clock clock)
      throws IOException {
    return new Daemon(platform, config, clock);
  }

  static StatsService openStats(Platform platform, StatsConfig config, Clock clock) {
    return StatsService.open(
        config.withZone(clock.getZone()),
        platform.datapath(),
        platform.networks(),
        platform.names(),
        platform.host(),
        clock);
  }

  /** Where TCP is served. */
  public Optional<HostPort> http() {
    return api.http();
  }

  /** What the outside may ask. */
  public Usage usage() {
    return stats;
  }

  public Health health() {
    List<String> problems = new ArrayList<>(platformProblems);
    problems.addAll(stats.status().problems());
    return Health.of(platform.datapath().backend(), problems);
  }

  private Duration snapshot() {
    platformProblems = platform.watch();
    try {
      stats.poll();
    } catch (HistoryException e) {
      LOG.debug("snapshot failed; the counters stay in the kernel", e); // health says it
    }
    return platform.waitFor(StatsService.untilNextPoll(config.pollInterval(), clock.instant()));
  }

  private ApiConfig apiConfig() {
    return new ApiConfig(
        config.stateDir().apiSocket(),
        config.http(),
        config.stateDir().adminToken(),
        config.admins(),
        Limits.DEFAULT);
  }

  private Services services() {
    return new Services(stats, this::health, this::status, Daemon::peerUid, clock);
  }

  private static OptionalLong peerUid(java.nio.channels.SocketChannel channel) {
    try {
      return OptionalLong.of(PeerUid.of(channel));
    } catch (SysException e) {
      return OptionalLong.empty();
    }
  }

  private DaemonStatus status() {
    Inventory inventory = platform.inventory();
    return new DaemonStatus(
        platform.datapath().backend(),
        version(),
        started,
        Duration.between(started, clock.instant()),
        config.pollInterval(),
        inventory.programs(),
        inventory.links(),
        inventory.maps(),
        cost());
  }

  static String version() {
    return Objects.requireNonNullElse(
        Daemon.class.getPackage().getImplementationVersion(), "development");
  }

  private static DaemonStatus.Cost cost() {
    return new DaemonStatus.Cost(
        residentBytes(),
        Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory(),
        ProcessHandle.current().info().totalCpuDuration().map(Duration::toMillis).orElse(0L),
        ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static long residentBytes() {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Ends counting too: the last snapshot is taken when nothing counts any more. */
  public void stop() {
    closeServer();
    platform.stop(stats::poll);
    stats.close();
  }

  /** Ends the daemon; the platform goes on counting. */
  @Override
  public void close() {
    closeServer();
    try {
      stats.poll();
    } catch (HistoryException e) {
      LOG.warn("the last snapshot could not be stored; the next start stores it", e);
    }
    stats.close();
    platform.close();
  }

  /** Ends the daemon as if it had been killed: what was counted since the last snapshot is left. */
  void abandon() {
    closeServer();
    stats.close();
  }

  private void closeServer() {
    snapshots.close();
    try {
      api.close();
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
  }
}
