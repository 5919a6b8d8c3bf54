package org.uidnet.stats;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.uidnet.programs.Networks;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.SummaryQuery;

/** A host with a clock that is moved by hand; its kernel memory outlives the services over it. */
final class World {
  static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  static final Instant LONG_AGO = Instant.parse("1990-01-01T00:00:00Z");
  static final Instant FAR = Instant.parse("2100-01-01T00:00:00Z");

  StatsConfig config;
  FakeDatapath datapath;
  Instant now;
  String bootId = "boot-1";
  Instant bootTime;
  Steps steps = Steps.UNOBSERVED;
  Optional<String> defaultNetwork = Optional.of("eth0");
  final List<Networks.Interface> interfaces = new ArrayList<>();
  final Map<Long, String> names = new HashMap<>();
  final Map<Integer, NetworkIdentities.Identity> identities = new HashMap<>();

  /** What was counted in all, by UID. */
  final Map<Long, Traffic> counted = new TreeMap<>();

  /** Has what it was sent, whatever became of us then. */
  final FakeSink sink = new FakeSink();

  /** How often operations were stored, whether or not that was answered. */
  long operations;

  private Duration elapsedShift = Duration.ZERO;

  World(Path directory) {
    this(directory, START, ZoneOffset.UTC, 1024);
  }

  World(Path directory, Instant start, ZoneId zone, int slots) {
    config = StatsConfig.in(directory).withZone(zone);
    now = start;
    bootTime = start.minusSeconds(60);
    datapath = new FakeDatapath(slots, start);
    interfaces.add(host(2, "eth0", Traffic.NONE));
  }

  static Networks.Interface host(int ifindex, String name, Traffic counters) {
    return new Networks.Interface(
        FakeDatapath.HOST, true, ifindex, name, "veth", 14, Networks.View.WIRE, counters);
  }

  static SlotId key(long uid) {
    return key(uid, 2);
  }

  static SlotId key(long uid, int ifindex) {
    return new SlotId(uid, 0, 0, ifindex, FakeDatapath.HOST);
  }

  StatsService open() {
    return StatsService.open(
        new Poller.Parts(
            config,
            datapath,
            () -> List.copyOf(interfaces),
            link -> identities.getOrDefault(link.ifindex(), NetworkIdentities.Identity.PLAIN),
            uid -> Optional.ofNullable(names.get(uid)),
            () -> defaultNetwork,
            new Host(bootId, bootTime, this::elapsed),
            clock(),
            this::reached));
  }

  private void reached(Steps.Step step) {
    operations += step == Steps.Step.OPERATIONS_STORED ? 1 : 0;
    steps.reached(step);
  }

  private long elapsed() {
    return Duration.between(bootTime, now).plus(elapsedShift).toNanos();
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException();
      }

      @Override
      public Instant instant() {
        return now;
      }
    };
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  void passSeconds(long seconds) {
    pass(Duration.ofSeconds(seconds));
  }

  /** The wall clock is set; the time since boot goes on. */
  void setClock(Instant time) {
    elapsedShift = elapsedShift.plus(Duration.between(time, now));
    now = time;
  }

  void reboot() {
    bootId = bootId + "'";
    bootTime = now;
    elapsedShift = Duration.ZERO;
    pass(Duration.ofSeconds(5));
    datapath = new FakeDatapath(1024, now);
  }

  void count(SlotId id, long bytes) {
    count(id, new Traffic(bytes, bytes / 100 + 1, bytes / 3, bytes / 300 + 1));
  }

  void count(SlotId id, Traffic traffic) {
    datapath.count(id, traffic);
    counted.merge(id.uid(), traffic, Traffic::plus);
  }

  static long operations(Usage usage, long uid) {
    return usage
        .summary(
            new SummaryQuery(
                LONG_AGO, FAR, EnumSet.noneOf(Dimension.class), UsageFilter.ofUid(uid)))
        .rows()
        .stream()
        .mapToLong(Usage.Row::operations)
        .sum();
  }

  static Map<Long, Traffic> byUid(Usage usage, Instant from, Instant to) {
    Map<Long, Traffic> uids = new TreeMap<>();
    summary(usage, from, to, Dimension.UID)
        .rows()
        .forEach(row -> uids.merge(row.key().uid().orElse(-1L), row.traffic(), Traffic::plus));
    return uids;
  }

  static Usage.Summary summary(Usage usage, Instant from, Instant to, Dimension... by) {
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    dimensions.addAll(List.of(by));
    return usage.summary(new SummaryQuery(from, to, dimensions, UsageFilter.ALL));
  }
}
