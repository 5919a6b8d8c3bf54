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
    List<Input> inputs,
    List<Export> exports) {

  public DaemonStatus {
    programs = List.copyOf(programs);
    links = List.copyOf(links);
    maps = List.copyOf(maps);
    inputs = List.copyOf(inputs);
    exports = List.copyOf(exports);
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

  /**
   * Where history is sent.
   *
   * @param sink {@code postgres} or {@code otlp}
   * @param exportedTo the end of the last bucket that it has; absent before the first round
   * @param lagSeconds how long ago that was
   * @param waitingBuckets of five minutes, complete and not sent
   * @param rows sent since the daemon's start
   * @param lastSent when something was last stored there
   * @param lost the last period that was deleted here before it was there
   * @param trouble why nothing more is stored, and what to do about it
   */
  public record Export(
      String sink,
      Optional<Instant> exportedTo,
      Optional<Long> lagSeconds,
      long waitingBuckets,
      long rows,
      Optional<Instant> lastSent,
      Optional<Period> lost,
      Optional<String> trouble) {}

  /** A time, its end not included. */
  public record Period(Instant from, Instant to) {}
}
