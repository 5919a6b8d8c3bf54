package org.uidnet.api.model;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.uidnet.programs.Datapath;

/** What the daemon knows of itself; the server adds what the history knows. */
public record DaemonStatus(
    Datapath.Backend backend,
    String version,
    Instant startTime,
    Duration uptime,
    Duration pollInterval,
    List<Program> programs,
    List<Link> links,
    List<BpfMap> maps,
    Cost cost,
    List<Input> inputs) {

  public DaemonStatus {
    programs = List.copyOf(programs);
    links = List.copyOf(links);
    maps = List.copyOf(maps);
    inputs = List.copyOf(inputs);
  }

  /**
   * A loaded program.
   *
   * @param tag the kernel's hash of its instructions
   * @param runs how often it ran while {@code sysctl kernel.bpf_stats_enabled} was 1; empty: never
   * @param runNanoseconds time that these runs took, measuring included
   */
  public record Program(
      String name,
      long id,
      Optional<String> tag,
      Optional<Long> runs,
      Optional<Long> runNanoseconds) {}

  /** Where a program is attached. */
  public record Link(String program, String cgroup, long linkId) {}

  /**
   * A map.
   *
   * @param entries how many are in use
   * @param bytes memory that the kernel holds for it
   */
  public record BpfMap(String name, String type, long entries, long maxEntries, long bytes) {}

  /** What the daemon itself takes; {@code cpuMillis} since its start. */
  public record Cost(long residentBytes, long heapBytes, long cpuMillis, int threads) {}

  /**
   * A service of the host that is listened to.
   *
   * @param heard whether it tells how it is now; else what it told last holds
   * @param trouble why it is not heard
   */
  public record Input(String service, boolean heard, Optional<String> trouble) {}
}
