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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.ApiConfig;
import org.uidnet.api.ApiServer;
import org.uidnet.api.HostPort;
import org.uidnet.api.Limits;
import org.uidnet.api.Services;
import org.uidnet.api.TagLines;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.Health;
import org.uidnet.firewall.AuditEntry;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.Boot;
import org.uidnet.firewall.FirewallConfig;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.FirewallListener;
import org.uidnet.firewall.FirewallService;
import org.uidnet.firewall.PastUsage;
import org.uidnet.firewall.SocketDestroyer;
import org.uidnet.fleet.BlockedRow;
import org.uidnet.fleet.ExportStatus;
import org.uidnet.fleet.Exporter;
import org.uidnet.fleet.Fleet;
import org.uidnet.netd.dbus.HostInputs;
import org.uidnet.netd.sys.PeerUid;
import org.uidnet.netd.sys.SysException;
import org.uidnet.netd.tags.TagServer;
import org.uidnet.netd.tags.Tagging;
import org.uidnet.programs.Networks;
import org.uidnet.programs.RuleMaps;
import org.uidnet.stats.DefaultNetwork;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.Host;
import org.uidnet.stats.NetworkIdentities;
import org.uidnet.stats.StatsConfig;
import org.uidnet.stats.StatsService;
import org.uidnet.stats.Usage;

/** Everything that runs while counting goes on: history, HTTP, and the snapshots. */
public final class Daemon implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  /** Interfaces that come and go take effect within it. */
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(2);

  /** So that the end of the daemon waits no longer. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(250);

  private final Platform platform;
  private final DaemonConfig config;
  private final Clock clock;
  private final Instant started;
  private final FirewallService firewall;
  private final PastUse pastUse = new PastUse();
  private final KnownNetworks networks;
  private final StatsService stats;
  private final Tagging tagging;
  private final TraceHub traces;
  private final HostInputs inputs;
  private final List<Exporter> exporters;
  private final ApiServer api;
  private final TagServer tagServer;
  private final List<AgentRunner> agents;

  private Daemon(Platform platform, DaemonConfig config, Clock clock) throws IOException {
    this.platform = platform;
    this.config = config;
    this.clock = clock;
    started = clock.instant();
    Path data = config.stateDir().data();
    firewall =
        openFirewall(
            config.firewall(),
            platform.rules(),
            platform.networks(),
            platform.sockets(),
            platform.host(),
            clock,
            pastUse);
    networks = new KnownNetworks(() -> firewall.settings().interfaces(), platform::defaultRoute);
    stats = openStats(data);
    pastUse.connect(stats);
    firewall.addListener(new NetworkChanges());
    firewall.addListener(new ForegroundCounting(stats));
    inputs =
        new HostInputs(
            config.inputs(),
            config.stateDir().lastWords(),
            new HostWord(firewall, this::pollIfPossible));
    exporters = Fleet.exporters(config.fleet(), stats::exportQueue, this::blocked, clock);
    try {
      tagging = openTagging();
      traces =
          new TraceHub(
              platform.accounting(), platform.host().elapsed(), platform.datapath()::awaitPrograms);
      api = ApiServer.start(apiConfig(), services());
    } catch (IOException | RuntimeException e) {
      closeStores();
      throw e;
    }
    tagServer = startTagServer();
    agents = startAgents();
  }

  private List<AgentRunner> startAgents() {
    List<AgentRunner> started = new ArrayList<>();
    started.add(AgentRunner.start("uidnet-snapshots", this::snapshot));
    started.add(AgentRunner.start("uidnet-firewall", this::enforce));
    started.add(AgentRunner.start("uidnet-refusals", this::listen));
    if (!config.inputs().services().isEmpty()) {
      started.add(AgentRunner.start("uidnet-inputs", inputs::round));
    }
    for (Exporter exporter : exporters) {
      started.add(AgentRunner.start("uidnet-" + exporter.name(), exporter::round));
    }
    return started;
  }

  private StatsService openStats(Path data) {
    try {
      return openStats(
          platform,
          StatsConfig.in(data)
              .withAttribution(config.attribution().attribution())
              .withMaxBytes(config.historyMaxBytes())
              .withFiveMinutesFor(config.fleet().keep()),
          networks,
          networks,
          clock);
    } catch (RuntimeException e) {
      firewall.close();
      throw e;
    }
  }

  private Tagging openTagging() {
    return new Tagging(
        platform.accounting(),
        platform.datapath().slotKeys(),
        platform.processSockets(),
        config.tags(),
        uid -> isAdmin(uid) || firewall.mayUpdateDeviceStats(uid));
  }

  private boolean isAdmin(long uid) {
    return uid == 0 || config.admins().contains(uid);
  }

  private TagServer startTagServer() throws IOException {
    try {
      return TagServer.start(
          config.stateDir().tagSocket(), new TagLines(tagging, config.admins()), Daemon::peerUid);
    } catch (IOException | RuntimeException e) {
      closeApi();
      closeStores();
      throw e;
    }
  }

  private void closeStores() {
    stats.close();
    firewall.close();
  }

  /** Brings the stored policy into force. */
  static FirewallService openFirewall(
      FirewallConfig config,
      RuleMaps rules,
      Networks networks,
      SocketDestroyer sockets,
      Host host,
      Clock clock,
      PastUsage pastUsage) {
    return FirewallService.open(
        config,
        rules,
        networks,
        sockets,
        new Boot(host.bootId(), host.elapsed()::nanos),
        clock,
        pastUsage);
  }

  /** Starts on a platform that counts already. If it fails, nothing of the daemon is left. */
  public static Daemon start(Platform platform, DaemonConfig config, Clock clock)
      throws IOException {
    return new Daemon(platform, config, clock);
  }

  static StatsService openStats(
      Platform platform,
      StatsConfig config,
      NetworkIdentities identities,
      DefaultNetwork defaultNetwork,
      Clock clock) {
    return StatsService.open(
        config.withZone(clock.getZone()),
        platform.datapath(),
        platform.networks(),
        identities,
        platform.names(),
        defaultNetwork,
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

  /** The same of policy. */
  FirewallService firewall() {
    return firewall;
  }

  public Health health() {
    List<String> problems = new ArrayList<>(platform.problems());
    problems.addAll(firewall.status().problems());
    problems.addAll(stats.status().problems());
    exporters.forEach(exporter -> exporter.problem().ifPresent(problems::add));
    return Health.of(platform.datapath().backend(), problems);
  }

  /** What policy says of interfaces is known to history before a change of it is answered. */
  private final class NetworkChanges implements FirewallListener {
    @Override
    public void changed(AuditEntry entry) {
      if (networks.isSaidAnew()) {
        networks.update(stats::poll);
      }
    }
  }

  private Duration snapshot() {
    platform.watch();
    pollIfPossible();
    return platform.waitFor(StatsService.untilNextPoll(config.pollInterval(), clock.instant()));
  }

  private void pollIfPossible() {
    try {
      stats.poll();
    } catch (HistoryException e) {
      LOG.debug("snapshot failed; the counters stay in the kernel", e); // health says it
    }
  }

  private Duration enforce() {
    platform.repair().forEach(this::audit);
    firewall.round();
    networks.update(stats::poll);
    return platform.waitFor(firewall.untilNextRound(BETWEEN_ROUNDS));
  }

  /** While the policy cannot be written, the log alone tells it. */
  private void audit(String repair) {
    LOG.warn("{}", repair);
    try {
      firewall.note("programs", repair, Author.ofDaemon("repair"));
    } catch (FirewallException e) {
      LOG.warn("cannot put that into the audit log: {}", e.getMessage());
    }
  }

  /** Waits in the call, not between calls. */
  private Duration listen() {
    platform.rules().awaitEvents(LONGEST_WAIT);
    platform.rules().pollEvents(firewall::onEvent);
    return Duration.ZERO;
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
    return new Services(
        stats,
        firewall,
        tagging,
        traces,
        platform.networks(),
        platform.names(),
        platform.host(),
        this::health,
        this::status,
        Daemon::peerUid,
        clock);
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
        cost(),
        inputs.status(),
        exporters.stream().map(this::export).toList());
  }

  private DaemonStatus.Export export(Exporter exporter) {
    ExportStatus status = exporter.status();
    return new DaemonStatus.Export(
        status.sink(),
        status.exportedTo(),
        status.exportedTo().map(to -> Duration.between(to, clock.instant()).toSeconds()),
        status.waitingBuckets(),
        status.rows(),
        status.lastSent(),
        status.lost().map(lost -> new DaemonStatus.Period(lost.from(), lost.to())),
        status.trouble());
  }

  private List<BlockedRow> blocked(Instant from, Instant to) {
    return firewall.drops(Set.of(), from, to).stream()
        .map(
            row ->
                new BlockedRow(
                    row.hour(),
                    row.uid(),
                    row.reason(),
                    row.call().name(),
                    row.drop().packets(),
                    row.drop().bytes()))
        .toList();
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
    firewall.close();
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
    closeStores();
    platform.close();
  }

  /** Ends the daemon as if it had been killed: what was counted since the last snapshot is left. */
  void abandon() {
    closeServer();
    closeStores();
  }

  private void closeServer() {
    inputs.end();
    exporters.forEach(Exporter::close);
    agents.forEach(AgentRunner::close);
    inputs.close();
    tagServer.close();
    closeApi();
  }

  private void closeApi() {
    try {
      api.close();
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
    traces.close();
  }
}
