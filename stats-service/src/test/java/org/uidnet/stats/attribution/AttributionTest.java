package org.uidnet.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.uidnet.stats.attribution.Deltas.RED;
import static org.uidnet.stats.attribution.Deltas.VPN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Traffic;

class AttributionTest {
  private static final long OUTER = 2001;
  private static final long INNER = 2002;

  private static Tunnel tunnel(String iface, long owner, String... underlying) {
    return new Tunnel(iface, Optional.of(owner), List.of(underlying));
  }

  /**
   * Android takes chained tunnels as they come, and then leaves the app's traffic half way down.
   */
  @Test
  void apply_ofChainedTunnels_movesAllTheWayDownInWhateverOrderTheyAreListed() {
    Deltas counted =
        new Deltas()
            .row("tun-outer", RED, 1000, 10, 500, 5)
            .row("tun-inner", OUTER, 1100, 10, 550, 5)
            .row("eth0", INNER, 1210, 10, 605, 5);
    List<Tunnel> tunnels =
        new ArrayList<>(
            List.of(tunnel("tun-outer", OUTER, "tun-inner"), tunnel("tun-inner", INNER, "eth0")));
    for (int i = 0; i < 2; i++) {
      Map<DeltaKey, Traffic> rows =
          new Attribution(Set.of(), new Tunnels(tunnels)).apply(counted.rows());
      assertThat(Deltas.on("eth0", rows))
          .isEqualTo(
              new Deltas()
                  .row("eth0", RED, 1000, 10, 500, 5)
                  .row("eth0", OUTER, 100, 0, 50, 0)
                  .row("eth0", INNER, 110, 0, 55, 0)
                  .rows());
      Collections.reverse(tunnels);
    }
  }

  @Test
  void apply_deductsFromTheDefaultSetFirst() {
    Deltas counted =
        new Deltas()
            .row("tun0", RED, 100, 1, 0, 0)
            .row(new DeltaKey("eth0", VPN, 1, 0), 70, 1, 0, 0)
            .row(new DeltaKey("eth0", VPN, 0, 0), 60, 1, 0, 0);
    Map<DeltaKey, Traffic> rows = apply(counted, tunnel("tun0", VPN, "eth0"));
    assertThat(rows.get(new DeltaKey("eth0", VPN, 0, 0))).isEqualTo(Traffic.NONE);
    assertThat(rows.get(new DeltaKey("eth0", VPN, 1, 0))).isEqualTo(new Traffic(30, 1, 0, 0));
    assertThat(rows.get(new DeltaKey("eth0", RED, 0, 0))).isEqualTo(new Traffic(100, 1, 0, 0));
  }

  @Test
  void apply_leavesWhatItWasGivenAlone() {
    Deltas counted = new Deltas().row("tun0", RED, 100, 1, 0, 0).row("eth0", VPN, 110, 1, 0, 0);
    Map<DeltaKey, Traffic> before = Map.copyOf(counted.rows());
    apply(counted, tunnel("tun0", VPN, "eth0"));
    assertThat(counted.rows()).isEqualTo(before);
  }

  @Test
  void apply_withoutUnderlyingInterfaces_movesNothing() {
    Deltas counted = new Deltas().row("wg0", RED, 100, 1, 0, 0);
    Tunnel lost = new Tunnel("wg0", Optional.empty(), List.of());
    assertThat(apply(counted, lost)).isEqualTo(counted.rows());
  }

  @Test
  void apply_neverChangesSumsAndNeverGoesBelowZero() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      Deltas counted = random(random);
      Map<DeltaKey, Traffic> rows =
          apply(
              counted, tunnel("tun0", VPN, "eth0", "tun1"), tunnel("tun1", OUTER, "eth0", "wlan0"));
      for (String iface : List.of("eth0", "wlan0", "tun0", "tun1")) {
        assertThat(Deltas.total(iface, rows))
            .as("seed %d, %s", seed, iface)
            .isEqualTo(Deltas.total(iface, counted.rows()));
      }
      assertThat(rows.values())
          .as("seed " + seed)
          .allMatch(
              traffic ->
                  Math.min(traffic.rxBytes(), traffic.txBytes()) >= 0
                      && Math.min(traffic.rxPackets(), traffic.txPackets()) >= 0);
    }
  }

  private static Deltas random(Random random) {
    Deltas counted = new Deltas();
    for (String iface : List.of("eth0", "wlan0", "tun0", "tun1")) {
      for (long uid : List.of(RED, VPN, OUTER, INNER)) {
        for (int set = random.nextInt(3); set < 2; set++) {
          DeltaKey key = new DeltaKey(iface, uid, set, 0);
          counted.row(key, value(random), value(random), value(random), value(random));
        }
      }
    }
    return counted;
  }

  /** Up to 2^57: products of two of them do not fit into 64 bits. */
  private static long value(Random random) {
    return random.nextLong() >>> (7 + random.nextInt(57));
  }

  private static Map<DeltaKey, Traffic> apply(Deltas counted, Tunnel... tunnels) {
    return new Attribution(Set.of(), new Tunnels(List.of(tunnels))).apply(counted.rows());
  }

  @Test
  void tunnels_thatGoThroughEachOther_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tunnels(List.of(tunnel("a", 1, "b"), tunnel("b", 2, "c", "a"))))
        .withMessage("tunnels go through each other: [a, b]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tunnels(List.of(tunnel("a", 1, "a"))));
  }

  @Test
  void tunnels_ofTheSameInterface_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tunnels(List.of(tunnel("a", 1, "b"), tunnel("a", 2, "c"))))
        .withMessage("tunnel a is there twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tunnel("a", 1, "b", "b"))
        .withMessage("a lists an underlying interface twice");
  }
}
