package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.World.FAR;
import static org.uidnet.stats.World.LONG_AGO;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Networks;
import org.uidnet.programs.SlotId;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage.Truth;
import org.uidnet.stats.network.NetworkTemplate;

class TruthTest {
  @TempDir Path directory;

  @Test
  void truth_setsTheDeviceBesideTheHooks() {
    World world = new World(directory);
    world.interfaces.set(0, World.host(2, "eth0", new Traffic(100_000, 100, 0, 0)));
    try (StatsService stats = world.open()) {
      poll(world, stats);
      // 1000 bytes and ten packets without their link headers.
      world.interfaces.set(0, World.host(2, "eth0", new Traffic(101_140, 110, 0, 0)));
      world.count(World.key(1000), new Traffic(900, 9, 0, 0));
      poll(world, stats);
      Truth truth = only(stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY));
      assertThat(truth.iface()).isEqualTo("eth0");
      assertThat(truth.device()).isEqualTo(new Traffic(1000, 10, 0, 0));
      assertThat(truth.uids()).isEqualTo(new Traffic(900, 9, 0, 0));
      assertThat(truth.unattributed()).isEqualTo(new Traffic(100, 1, 0, 0));
      world.count(World.key(1000), new Traffic(100, 1, 0, 0));
      assertThat(only(stats.truthSinceAttach()).unattributed().isZero()).isTrue();
    }
    try (StatsService stats = world.open()) {
      assertThat(only(stats.truthSinceAttach()).unattributed().isZero()).isTrue();
      world.pass(Duration.ofHours(30));
      poll(world, stats);
      assertThat(only(stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY)).unattributed().isZero())
          .isTrue();
    }
  }

  @Test
  void truth_usesTheViewOfTheDeviceAndCountsNewInterfacesFromZero() {
    World world = new World(directory);
    try (StatsService stats = world.open()) {
      poll(world, stats);
      world.interfaces.add(
          new Networks.Interface(
              4026, false, 7, "eth0", "veth", 14, Networks.View.DEVICE, new Traffic(0, 0, 314, 1)));
      world.datapath.count(
          new SlotId(1000, 0, 0, 7, 4026),
          new Counters(new Traffic(0, 0, 340, 2), new Traffic(0, 0, 40, 1)));
      poll(world, stats);
      Truth truth =
          stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY).stream()
              .filter(t -> t.ifindex() == 7)
              .findAny()
              .orElseThrow();
      assertThat(truth.iface()).isEqualTo("netns:4026/eth0");
      assertThat(truth.view()).isEqualTo(Networks.View.DEVICE);
      assertThat(truth.device()).isEqualTo(new Traffic(0, 0, 300, 1));
      assertThat(truth.unattributed().isZero()).isTrue();
    }
  }

  @Test
  void truth_survivesAnInterfaceThatBeginsAnew() {
    World world = new World(directory);
    world.interfaces.set(0, World.host(2, "eth0", new Traffic(1000, 10, 0, 0)));
    try (StatsService stats = world.open()) {
      poll(world, stats);
      world.interfaces.set(0, World.host(2, "eth0", new Traffic(114, 1, 0, 0)));
      poll(world, stats);
      assertThat(only(stats.truth(LONG_AGO, FAR, NetworkTemplate.ANY)).device())
          .isEqualTo(new Traffic(100, 1, 0, 0));
    }
  }

  private static void poll(World world, StatsService stats) {
    world.passSeconds(10);
    stats.poll();
  }

  private static Truth only(List<Truth> truths) {
    assertThat(truths).hasSize(1);
    return truths.get(0);
  }
}
