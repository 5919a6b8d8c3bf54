package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;
import static org.uidnet.stats.World.byUid;
import static org.uidnet.stats.World.key;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.SummaryQuery;
import org.uidnet.stats.attribution.Attribution;
import org.uidnet.stats.attribution.Tunnel;
import org.uidnet.stats.attribution.Tunnels;
import org.uidnet.stats.network.NetworkTemplate;

/** What passes a tunnel, from the counters to answers. */
class TunnelTest {
  private static final long APP = 10_001;
  private static final long OTHER = 10_002;
  private static final long VPN = 10_004;
  private static final int ETH = 2;
  private static final int TUN = 5;

  @TempDir Path directory;

  private World world;

  @BeforeEach
  void makeTunnel() {
    world = new World(directory);
    world.interfaces.add(World.host(TUN, "tun0", Traffic.NONE));
    configure(Optional.of(VPN));
  }

  private void configure(Optional<Long> owner) {
    Tunnel tunnel = new Tunnel("tun0", owner, List.of("eth0"));
    world.config =
        world.config.withAttribution(new Attribution(Set.of(), new Tunnels(List.of(tunnel))));
  }

  private void countThroughTheTunnel() {
    world.count(key(APP, TUN), new Traffic(2000, 20, 1000, 10));
    world.count(key(OTHER, ETH), new Traffic(70, 1, 0, 0));
    world.count(key(VPN, ETH), new Traffic(2200, 20, 1100, 10));
    world.passSeconds(10);
  }

  private static final Map<Long, Traffic> ATTRIBUTED =
      Map.of(
          APP, new Traffic(2000, 20, 1000, 10),
          OTHER, new Traffic(70, 1, 0, 0),
          VPN, new Traffic(200, 0, 100, 0));

  private static Usage.Summary summary(Usage stats, UsageFilter filter, Dimension... by) {
    Set<Dimension> dimensions = EnumSet.noneOf(Dimension.class);
    dimensions.addAll(List.of(by));
    return stats.summary(new SummaryQuery(LONG_AGO, FAR, dimensions, filter));
  }

  private static Map<String, Long> received(Usage.Summary summary) {
    Map<String, Long> rows = new TreeMap<>();
    for (Usage.Row row : summary.rows()) {
      String uid = row.key().uid().map(String::valueOf).orElse("all");
      String iface = row.key().iface().orElse("all");
      rows.put(uid + " " + iface + (row.key().inner() ? " inner" : ""), row.traffic().rxBytes());
    }
    return rows;
  }

  @Test
  void summary_chargesAppsForWhatTheVpnCarried_andSumsEachByteOnce() {
    try (StatsService stats = world.open()) {
      stats.poll();
      countThroughTheTunnel();
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR)).isEqualTo(ATTRIBUTED);
      Usage.Summary byIface = summary(stats, UsageFilter.ALL, Dimension.UID, Dimension.IFACE);
      assertThat(received(byIface))
          .isEqualTo(
              Map.of(
                  "10001 tun0 inner",
                  2000L,
                  "10001 eth0",
                  2000L,
                  "10002 eth0",
                  70L,
                  "10004 eth0",
                  200L));
      assertThat(byIface.total()).isEqualTo(new Traffic(2270, 21, 1100, 10));
    }
  }

  @Test
  void summary_ofTheTunnelItself_isWhatWasInIt() {
    try (StatsService stats = world.open()) {
      stats.poll();
      countThroughTheTunnel();
      stats.poll();
      Usage.Summary tunnel =
          summary(stats, UsageFilter.ALL.withIface(Optional.of("tun0")), Dimension.UID);
      assertThat(received(tunnel)).isEqualTo(Map.of("10001 all", 2000L));
      assertThat(tunnel.total()).isEqualTo(new Traffic(2000, 20, 1000, 10));
    }
  }

  @Test
  void sinceBoot_attributesWhatIsNotStoredYet() {
    try (StatsService stats = world.open()) {
      stats.poll();
      countThroughTheTunnel();
      assertThat(live(stats)).isEqualTo(ATTRIBUTED);
      stats.poll();
      assertThat(live(stats)).isEqualTo(ATTRIBUTED);
    }
  }

  private static Map<Long, Traffic> live(Usage stats) {
    Map<Long, Traffic> uids = new TreeMap<>();
    stats
        .sinceBoot(EnumSet.of(Dimension.UID), UsageFilter.ALL)
        .rows()
        .forEach(row -> uids.put(row.key().uid().orElseThrow(), row.traffic()));
    return uids;
  }

  /** The devices' counters are compared with what the hooks counted, wherever that went. */
  @Test
  void truth_isNotAttributed() {
    try (StatsService stats = world.open()) {
      stats.poll();
      countThroughTheTunnel();
      stats.poll();
      assertThat(stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY))
          .extracting(Usage.Truth::iface, truth -> truth.uids().rxBytes())
          .containsExactlyInAnyOrder(tuple("eth0", 2270L), tuple("tun0", 2000L));
    }
  }

  @Test
  void poll_ofATunnelOfTheKernel_addsItsTrafficBelow() {
    configure(Optional.empty());
    try (StatsService stats = world.open()) {
      stats.poll();
      world.count(key(APP, TUN), new Traffic(2000, 20, 1000, 10));
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR))
          .isEqualTo(Map.of(APP, new Traffic(2000, 20, 1000, 10)));
      assertThat(received(summary(stats, UsageFilter.ALL, Dimension.IFACE)))
          .isEqualTo(Map.of("all eth0", 2000L, "all tun0 inner", 2000L));
    }
  }

  /** Nothing is lost, though nobody knows where it went. */
  @Test
  void poll_ofATunnelOverNothingKnown_keepsItsTraffic() {
    Tunnel tunnel = new Tunnel("tun0", Optional.empty(), List.of("gone0"));
    world.config =
        world.config.withAttribution(new Attribution(Set.of(), new Tunnels(List.of(tunnel))));
    try (StatsService stats = world.open()) {
      stats.poll();
      world.count(key(APP, TUN), new Traffic(2000, 20, 1000, 10));
      world.passSeconds(10);
      stats.poll();
      assertThat(summary(stats, UsageFilter.ALL).total())
          .isEqualTo(new Traffic(2000, 20, 1000, 10));
    }
  }

  @Test
  void poll_ofTags_movesThemToo() {
    try (StatsService stats = world.open()) {
      stats.poll();
      world.count(new SlotId(APP, 7, 0, TUN, FakeDatapath.HOST), new Traffic(300, 3, 0, 0));
      world.count(key(VPN, ETH), new Traffic(330, 3, 0, 0));
      world.passSeconds(10);
      stats.poll();
      assertThat(summary(stats, UsageFilter.ALL.withTag(7), Dimension.UID).total())
          .isEqualTo(new Traffic(300, 3, 0, 0));
      assertThat(byUid(stats, LONG_AGO, FAR).get(VPN)).isEqualTo(new Traffic(30, 0, 0, 0));
    }
  }

  /** Who restarts the daemon must find each byte once, also what it moved. */
  @Test
  void poll_afterARestart_goesOnExactly() {
    Traffic counted = Traffic.NONE;
    for (int i = 1; i <= 4; i++) {
      try (StatsService stats = world.open()) {
        stats.poll();
        countThroughTheTunnel();
        counted = counted.plus(new Traffic(2270, 21, 1100, 10));
        if (i % 2 == 0) {
          stats.poll();
        }
      }
    }
    try (StatsService stats = world.open()) {
      stats.poll();
      assertThat(summary(stats, UsageFilter.ALL).total()).isEqualTo(counted);
      assertThat(byUid(stats, LONG_AGO, FAR).get(APP)).isEqualTo(new Traffic(8000, 80, 4000, 40));
    }
  }

  @Test
  void poll_ofATranslatedInterface_addsTheLongerHeader() {
    world.config = world.config.withAttribution(new Attribution(Set.of("tun0"), Tunnels.NONE));
    try (StatsService stats = world.open()) {
      stats.poll();
      world.count(key(APP, TUN), new Traffic(2000, 20, 1000, 10));
      world.passSeconds(10);
      stats.poll();
      assertThat(byUid(stats, LONG_AGO, FAR))
          .isEqualTo(Map.of(APP, new Traffic(2400, 20, 1200, 10)));
    }
  }
}
