package org.uidnet.api;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.uidnet.api.model.DaemonStatus;
import org.uidnet.api.model.Health;
import org.uidnet.api.model.TruthRow;
import org.uidnet.firewall.ChainInfo;
import org.uidnet.firewall.DropRow;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.QuotaInfo;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.Usage;
import org.uidnet.stats.UsageFilter;
import org.uidnet.stats.UsageKey;

/**
 * The daemon's figures as Prometheus has them. Counters begin anew with the host's boot. What a
 * store that cannot be read would tell is left out, and {@code uidnet_healthy} is 0.
 */
final class Metrics {
  /** Beyond them UIDs are added up as {@value #OTHERS}. */
  static final int MOST_UIDS = 500;

  private static final String OTHERS = "others";

  /** Longer names say no more in a graph. */
  private static final int MOST_CHARACTERS = 64;

  private static final Set<Dimension> BY =
      EnumSet.of(Dimension.UID, Dimension.IFACE, Dimension.SET);
  private static final double NANOS = 1e9;

  private final Services services;
  private final ShownUids shown = new ShownUids(MOST_UIDS);

  Metrics(Services services) {
    this.services = services;
  }

  MetricSnapshots now() {
    DaemonStatus daemon = services.status().get();
    return new MetricSnapshots(
        Stream.of(daemon(daemon), usage(), truth(), store(), drops(), chains(), quotas())
            .flatMap(List::stream)
            .toList());
  }

  // ---- the daemon -----------------------------------------------------------------------------

  private List<MetricSnapshot> daemon(DaemonStatus daemon) {
    DaemonStatus.Cost cost = daemon.cost();
    boolean healthy = services.health().get().status() == Health.State.OK;
    return Stream.of(
            Stream.of(
                info(daemon),
                gauge("healthy", "1 if nothing is wrong, as GET /v1/health says", healthy ? 1 : 0),
                counter(
                    "process_cpu_seconds", "Processor time of the daemon", cost.cpuMillis() / 1e3),
                gauge("process_resident_bytes", "Memory of the daemon", cost.residentBytes()),
                gauge("process_heap_bytes", "Heap in use", cost.heapBytes()),
                gauge("process_threads", "Threads of the daemon", cost.threads())),
            programs(daemon.programs()).stream(),
            maps(daemon.maps()).stream(),
            exports(daemon.exports()).stream())
        .flatMap(all -> all)
        .toList();
  }

  private static MetricSnapshot info(DaemonStatus daemon) {
    String help =
        daemon.backend() == Datapath.Backend.SIMULATOR
            ? "SIMULATED: no figure here is of this machine's network"
            : "Version, and where the programs run";
    return new MetricFamily("uidnet_build", help, "version", "backend")
        .add(1, daemon.version(), daemon.backend().name().toLowerCase(Locale.ROOT))
        .gauge();
  }

  private static List<MetricSnapshot> programs(List<DaemonStatus.Program> programs) {
    var runs =
        new MetricFamily(
            "uidnet_program_runs",
            "Runs of a program while sysctl kernel.bpf_stats_enabled was 1; on egress and ingress one a packet",
            "program");
    var seconds =
        new MetricFamily(
            "uidnet_program_run_seconds",
            "Time in a program during the runs counted; divided by them it is the cost of a packet",
            "program");
    for (DaemonStatus.Program program : programs) {
      program.runs().ifPresent(count -> runs.add(count, program.name()));
      program.runNanoseconds().ifPresent(nanos -> seconds.add(nanos / NANOS, program.name()));
    }
    return List.of(runs.counter(), seconds.counter());
  }

  private static List<MetricSnapshot> maps(List<DaemonStatus.BpfMap> maps) {
    var entries = new MetricFamily("uidnet_map_entries", "Entries of a map in use", "map");
    var most = new MetricFamily("uidnet_map_max_entries", "Entries that a map has room for", "map");
    var bytes = new MetricFamily("uidnet_map_bytes", "Memory the kernel holds for a map", "map");
    for (DaemonStatus.BpfMap map : maps) {
      entries.add(map.entries(), map.name());
      most.add(map.maxEntries(), map.name());
      bytes.add(map.bytes(), map.name());
    }
    return List.of(entries.gauge(), most.gauge(), bytes.gauge());
  }

  private static List<MetricSnapshot> exports(List<DaemonStatus.Export> exports) {
    var lag =
        new MetricFamily(
            "uidnet_export_lag_seconds", "How old the last bucket is that a sink has", "sink");
    var failing =
        new MetricFamily(
            "uidnet_export_failing", "1 if nothing more is stored there, as status says", "sink");
    var rows = new MetricFamily("uidnet_export_rows", "Rows sent since the start", "sink");
    for (DaemonStatus.Export export : exports) {
      export.lagSeconds().ifPresent(seconds -> lag.add(seconds, export.sink()));
      failing.add(export.trouble().isPresent() ? 1 : 0, export.sink());
      rows.add(export.rows(), export.sink());
    }
    return List.of(lag.gauge(), failing.gauge(), rows.counter());
  }

  // ---- usage ----------------------------------------------------------------------------------

  private List<MetricSnapshot> usage() {
    return unlessUnreadable(
        () -> {
          List<Usage.Row> rows = services.usage().sinceBoot(BY, UsageFilter.ALL).rows();
          Set<Long> uids = shown.admit(rows);
          String[] labels = {"uid", "name", "iface", "set", "direction"};
          var bytes = new MetricFamily("uidnet_bytes", "Bytes of a UID since boot", labels);
          var packets = new MetricFamily("uidnet_packets", "Packets of a UID since boot", labels);
          rows.stream()
              .filter(row -> !row.key().inner()) // counted below the tunnel, too
              .forEach(row -> add(row, uids, bytes, packets));
          return List.of(bytes.counter(), packets.counter());
        });
  }

  private static void add(Usage.Row row, Set<Long> uids, MetricFamily bytes, MetricFamily packets) {
    UsageKey key = row.key();
    boolean alone = key.uid().isEmpty() || uids.contains(key.uid().get());
    String uid = alone ? uid(key) : OTHERS;
    String name = alone ? key.name().map(Metrics::cut).orElse("") : "";
    String iface = key.iface().orElse("");
    String set = key.set().map(Enum::name).orElse("").toLowerCase(Locale.ROOT);
    Traffic traffic = row.traffic();
    bytes.add(traffic.rxBytes(), uid, name, iface, set, "rx");
    bytes.add(traffic.txBytes(), uid, name, iface, set, "tx");
    packets.add(traffic.rxPackets(), uid, name, iface, set, "rx");
    packets.add(traffic.txPackets(), uid, name, iface, set, "tx");
  }

  /** Of traffic that is no UID's, what it is. */
  private static String uid(UsageKey key) {
    return key.uid().map(Object::toString).orElse(key.kind().name().toLowerCase(Locale.ROOT));
  }

  private static String cut(String name) {
    int end =
        name.offsetByCodePoints(
            0, Math.min(MOST_CHARACTERS, name.codePointCount(0, name.length())));
    return name.substring(0, end);
  }

  private List<MetricSnapshot> truth() {
    return unlessUnreadable(
        () -> {
          String[] labels = {"iface", "direction"};
          var device =
              new MetricFamily(
                  "uidnet_interface_bytes",
                  "Bytes an interface counted itself since counting began, less link headers",
                  labels);
          var difference =
              new MetricFamily(
                  "uidnet_unattributed_bytes",
                  "Of them, what was charged to no UID; may be negative",
                  labels);
          services.usage().truthSinceAttach().stream()
              .flatMap(TruthRow::of)
              .forEach(
                  row -> {
                    String direction = row.direction().name().toLowerCase(Locale.ROOT);
                    device.add(row.device().bytes(), row.iface(), direction);
                    difference.add(row.unattributed().bytes(), row.iface(), direction);
                  });
          return List.of(device.gauge(), difference.gauge());
        });
  }

  private List<MetricSnapshot> store() {
    return unlessUnreadable(
        () -> {
          Usage.StoreStatus store = services.usage().status();
          return List.of(
              gauge("counters", "Counters in use: UID, interface, set and tag", store.liveSlots()),
              gauge("max_counters", "Counters that there is room for", store.slots()),
              gauge("history_bytes", "Size of the history's file", store.bytes()),
              gauge(
                  "snapshot_seconds",
                  "How long the last snapshot took",
                  store.lastPollMicros() / 1e6),
              gauge("snapshot_age_seconds", "How old the last snapshot is", age(store.lastPoll())));
        });
  }

  private double age(Instant poll) {
    return Duration.between(poll, services.clock().instant()).toMillis() / 1e3;
  }

  // ---- policy ---------------------------------------------------------------------------------

  private List<MetricSnapshot> drops() {
    return unlessUnreadable(
        () -> {
          var packets =
              new MetricFamily(
                  "uidnet_refusals", "Packets and calls refused since boot", "reason", "call");
          for (DropRow row :
              services
                  .firewall()
                  .drops(Set.of(), services.host().bootTime(), services.clock().instant())) {
            packets.add(
                row.drop().packets(), row.reason(), row.call().name().toLowerCase(Locale.ROOT));
          }
          return List.of(packets.counter());
        });
  }

  private List<MetricSnapshot> chains() {
    return unlessUnreadable(
        () -> {
          var enabled = new MetricFamily("uidnet_chain_enabled", "1 if the chain decides", "chain");
          var listed = new MetricFamily("uidnet_chain_uids", "UIDs that a chain lists", "chain");
          for (ChainInfo chain : services.firewall().chains()) {
            enabled.add(chain.enabled() ? 1 : 0, chain.name());
            listed.add(chain.uids().size(), chain.name());
          }
          return List.of(enabled.gauge(), listed.gauge());
        });
  }

  private List<MetricSnapshot> quotas() {
    return unlessUnreadable(
        () -> {
          var used =
              new MetricFamily("uidnet_quota_used_bytes", "Used of a quota in its cycle", "quota");
          var limit = new MetricFamily("uidnet_quota_limit_bytes", "Where a quota stops", "quota");
          for (QuotaInfo quota : services.firewall().quotas()) {
            used.add(quota.used(), quota.id());
            quota.quota().limitBytes().ifPresent(bytes -> limit.add(bytes, quota.id()));
          }
          return List.of(used.gauge(), limit.gauge());
        });
  }

  // ---- helpers --------------------------------------------------------------------------------

  /** Reads a store. */
  private interface Reading {
    List<MetricSnapshot> read();
  }

  private static List<MetricSnapshot> unlessUnreadable(Reading reading) {
    try {
      return reading.read();
    } catch (HistoryException | FirewallException e) {
      return List.of();
    }
  }

  private static MetricSnapshot gauge(String name, String help, long value) {
    return gauge(name, help, (double) value);
  }

  private static MetricSnapshot gauge(String name, String help, double value) {
    return new MetricFamily("uidnet_" + name, help).add(value).gauge();
  }

  private static MetricSnapshot counter(String name, String help, double value) {
    return new MetricFamily("uidnet_" + name, help).add(value).counter();
  }
}
