package org.uidnet.api.model;

import java.time.Instant;
import java.util.List;
import org.uidnet.firewall.FirewallStatus;
import org.uidnet.programs.Datapath;

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
    List<String> problems,
    FirewallStatus firewall,
    List<TruthRow> truth) {

  public Status {
    programs = List.copyOf(programs);
    links = List.copyOf(links);
    maps = List.copyOf(maps);
    databases = List.copyOf(databases);
    inputs = List.copyOf(inputs);
    problems = List.copyOf(problems);
    truth = List.copyOf(truth);
  }

  /** When counters were last stored, how long that took, and how often it is done. */
  public record Poll(Instant last, long lastMicros, long intervalMillis) {}

  /** Counters in use; {@code series}: distinct keys that the history knows. */
  public record Slots(int live, int max, int series) {}

  /** A database file. */
  public record Database(String name, String file, long bytes) {}
}
