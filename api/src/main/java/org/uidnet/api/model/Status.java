package org.uidnet.api.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.firewall.FirewallStatus;
import org.uidnet.programs.Datapath;
import org.uidnet.stats.Usage;

/**
 * How the daemon is: {@code GET /v1/status}.
 *
 * @param truth per interface and direction, since counting began
 */
public record Status(
    Datapath.Backend backend,
    String version,
    Instant startTime,
    long uptimeSeconds,
    List<DaemonStatus.Program> programs,
    List<DaemonStatus.Link> links,
    List<DaemonStatus.BpfMap> maps,
    Poll poll,
    Slots slots,
    List<Database> databases,
    DaemonStatus.Cost cost,
    List<DaemonStatus.Input> inputs,
    List<DaemonStatus.Export> exports,
    List<Work> work,
    List<String> problems,
    FirewallStatus firewall,
    List<TruthRow> truth) {

  public Status {
    programs = List.copyOf(programs);
    links = List.copyOf(links);
    maps = List.copyOf(maps);
    databases = List.copyOf(databases);
    inputs = List.copyOf(inputs);
    exports = List.copyOf(exports);
    work = List.copyOf(work);
    problems = List.copyOf(problems);
    truth = List.copyOf(truth);
  }

  /** When counters were last stored, how long that took, and how often it is done. */
  public record Poll(Instant last, long lastMicros, long intervalMillis) {}

  /** Counters in use; {@code series}: distinct keys that the history knows. */
  public record Slots(int live, int max, int series) {}

  /**
   * A database file.
   *
   * @param tables none while it cannot be asked
   */
  public record Database(String name, String file, long bytes, List<Usage.TableSize> tables) {
    public Database {
      tables = List.copyOf(tables);
    }
  }

  /**
   * What takes long and is being done.
   *
   * @param done of {@code total}: entries or rows of the store, buckets, hours of history, as
   *     {@code kind} has it
   * @param total zero as long as it is not known
   * @param remainingMillis as long as the rest takes at the pace so far; absent as long as that
   *     cannot be told
   */
  public record Work(
      Usage.WorkKind kind,
      long done,
      long total,
      long runningMillis,
      Optional<Long> remainingMillis) {
    public static Work of(Usage.Work work) {
      return new Work(
          work.kind(),
          work.done(),
          work.total(),
          work.running().toMillis(),
          work.remaining().map(Duration::toMillis));
    }
  }
}
