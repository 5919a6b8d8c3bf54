package org.uidnet.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.attribution.Deltas.BLUE;
import static org.uidnet.stats.attribution.Deltas.RED;
import static org.uidnet.stats.attribution.Deltas.VPN;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Traffic;

/** Android's acceptance cases for tunnels and translation, by the numbers of our reference. */
class AttributionCasesTest {
  private static final String TUN = "tun0";
  private static final String WIFI = "wlan0";
  private static final String MOBILE = "rmnet0";

  private static Map<DeltaKey, Traffic> apply(Deltas counted, Tunnel... tunnels) {
    return new Attribution(Set.of(), new Tunnels(List.of(tunnels))).apply(counted.rows());
  }

  private static Tunnel vpnOver(String... underlying) {
    return new Tunnel(TUN, Optional.of(VPN), List.of(underlying));
  }

  private static Deltas redAndBlueBehindTunnel() {
    return new Deltas().row(TUN, RED, 2000, 200, 1000, 100).row(TUN, BLUE, 1000, 100, 500, 50);
  }

  @Test
  void case26_oneUnderlyingInterface_leavesOverheadWithTheVpn() {
    Deltas counted = redAndBlueBehindTunnel().row(WIFI, VPN, 3300, 300, 1650, 150);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(redAndBlueOnWifi().row(WIFI, VPN, 300, 0, 150, 0).rows());
    assertThat(Deltas.on(TUN, rows)).isEqualTo(Deltas.on(TUN, counted.rows()));
  }

  private static Deltas redAndBlueOnWifi() {
    return new Deltas().row(WIFI, RED, 2000, 200, 1000, 100).row(WIFI, BLUE, 1000, 100, 500, 50);
  }

  /** What the VPN writes into its own tunnel is not taken for that of an app. */
  @Test
  void case27_ownTrafficOfTheVpn_staysWithIt() {
    Deltas counted =
        redAndBlueBehindTunnel()
            .row(TUN, VPN, 5000, 500, 6000, 600)
            .row(WIFI, VPN, 8800, 800, 8250, 750);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(redAndBlueOnWifi().row(WIFI, VPN, 5800, 500, 6750, 600).rows());
  }

  @Test
  void case28_compressedTraffic_isChargedInProportionAndNothingToTheVpn() {
    Deltas counted =
        new Deltas()
            .row(TUN, RED, 1000, 100, 1000, 100)
            .row(TUN, BLUE, 3000, 300, 3000, 300)
            .row(WIFI, VPN, 1000, 100, 1000, 100);
    assertThat(Deltas.on(WIFI, apply(counted, vpnOver(WIFI))))
        .isEqualTo(
            new Deltas().row(WIFI, RED, 250, 25, 250, 25).row(WIFI, BLUE, 750, 75, 750, 75).rows());
  }

  @Test
  void case29_twoUnderlyingInterfacesWithDuplicates_areChargedHalfEach() {
    Deltas counted =
        new Deltas()
            .row(TUN, RED, 1000, 100, 1000, 100)
            .row(TUN, BLUE, 1000, 100, 1000, 100)
            .row(WIFI, VPN, 2200, 200, 2200, 200)
            .row(MOBILE, VPN, 2200, 200, 2200, 200);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI, MOBILE));
    for (String iface : List.of(WIFI, MOBILE)) {
      assertThat(Deltas.on(iface, rows))
          .isEqualTo(
              new Deltas()
                  .row(iface, RED, 500, 50, 500, 50)
                  .row(iface, BLUE, 500, 50, 500, 50)
                  .row(iface, VPN, 1200, 100, 1200, 100)
                  .rows());
    }
  }

  @Test
  void case30_splitTraffic_isChargedWhereTheVpnSentIt() {
    Deltas counted =
        new Deltas()
            .row(TUN, RED, 500, 50, 1000, 100)
            .row(WIFI, VPN, 330, 30, 660, 60)
            .row(MOBILE, VPN, 220, 20, 440, 40);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI, MOBILE));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(
            new Deltas().row(WIFI, RED, 300, 30, 600, 60).row(WIFI, VPN, 30, 0, 60, 0).rows());
    assertThat(Deltas.on(MOBILE, rows))
        .isEqualTo(
            new Deltas().row(MOBILE, RED, 200, 20, 400, 40).row(MOBILE, VPN, 20, 0, 40, 0).rows());
  }

  @Test
  void case31_compressedTraffic_isChargedInProportion() {
    Deltas counted =
        new Deltas()
            .row(TUN, RED, 1000, 100, 1000, 100)
            .row(WIFI, VPN, 600, 60, 600, 60)
            .row(MOBILE, VPN, 200, 20, 200, 20);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI, MOBILE));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(new Deltas().row(WIFI, RED, 600, 60, 600, 60).rows());
    assertThat(Deltas.on(MOBILE, rows))
        .isEqualTo(new Deltas().row(MOBILE, RED, 200, 20, 200, 20).rows());
  }

  @Test
  void case32_concurrentVpns_moveTheirOwnTrafficOnly() {
    Deltas counted =
        redAndBlueBehindTunnel()
            .row("tun1", RED, 3000, 300, 700, 70)
            .row("tun1", BLUE, 500, 50, 250, 25)
            .row(WIFI, VPN, 3300, 300, 1650, 150)
            .row(MOBILE, VPN, 3850, 350, 1045, 95);
    Tunnel other = new Tunnel("tun1", Optional.of(VPN), List.of(MOBILE));
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI), other);
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(redAndBlueOnWifi().row(WIFI, VPN, 300, 0, 150, 0).rows());
    assertThat(Deltas.on(MOBILE, rows))
        .isEqualTo(
            new Deltas()
                .row(MOBILE, RED, 3000, 300, 700, 70)
                .row(MOBILE, BLUE, 500, 50, 250, 25)
                .row(MOBILE, VPN, 350, 0, 95, 0)
                .rows());
  }

  @Test
  void case33_incorrectUnderlyingInterface_movesNothing() {
    Deltas counted =
        new Deltas().row(TUN, RED, 1000, 100, 1000, 100).row(MOBILE, VPN, 1100, 100, 1100, 100);
    assertThat(apply(counted, vpnOver(WIFI))).isEqualTo(counted.rows());
  }

  @Test
  void case34_vpnThatWritesToItself_isNotChargedToApps() {
    Deltas counted =
        redAndBlueBehindTunnel()
            .row(TUN, VPN, 0, 0, 1600, 160)
            .row(WIFI, VPN, 3300, 300, 1760, 176);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI));
    assertThat(Deltas.on(TUN, rows)).isEqualTo(Deltas.on(TUN, counted.rows()));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(redAndBlueOnWifi().row(WIFI, VPN, 300, 0, 260, 26).rows());
  }

  @Test
  void case35_vpnOverTranslation_isChargedForTheLongerHeaders() {
    String clat = "v4-wlan0";
    Deltas counted = redAndBlueBehindTunnel().row(clat, VPN, 3300, 300, 1650, 150);
    Map<DeltaKey, Traffic> rows =
        new Attribution(Set.of(clat), new Tunnels(List.of(vpnOver(clat)))).apply(counted.rows());
    assertThat(Deltas.on(clat, rows))
        .isEqualTo(
            new Deltas()
                .row(clat, RED, 2000, 200, 1000, 100)
                .row(clat, BLUE, 1000, 100, 500, 50)
                .row(clat, VPN, 6300, 0, 3150, 0)
                .rows());
  }

  @Test
  void case36_translatedTraffic_is20BytesLongerAPacketAndTheRestIsNot() {
    Deltas counted =
        new Deltas()
            .row("v4-wlan0", 10_060, 213 * 200, 213, 41 * 100, 41)
            .row(WIFI, 10_106, 213 * 200, 213, 41 * 100, 41);
    assertThat(translated(counted))
        .isEqualTo(
            new Deltas()
                .row("v4-wlan0", 10_060, 46_860, 213, 4920, 41)
                .row(WIFI, 10_106, 42_600, 213, 4100, 41)
                .rows());
  }

  @Test
  void case37_translatedTotals_areThoseOfAndroid() {
    Deltas counted = new Deltas().row("v4-wlan0", 10_106, 30_501_490, 22_401, 876_235, 13_805);
    assertThat(translated(counted))
        .isEqualTo(
            new Deltas().row("v4-wlan0", 10_106, 30_949_510, 22_401, 1_152_335, 13_805).rows());
  }

  private static Map<DeltaKey, Traffic> translated(Deltas counted) {
    return new Attribution(Set.of("v4-wlan0"), Tunnels.NONE).apply(counted.rows());
  }

  /** Less was sent below than on the tunnel, and some rows are tagged or in the foreground. */
  @Test
  void case38_migrateTun_movesTaggedRowsToo() {
    long tag = 8888;
    Deltas counted =
        new Deltas()
            .row(TUN, 10_100, 39_605, 46, 12_259, 55)
            .row(TUN, 10_120, 72_667, 197, 43_909, 241)
            .row(new DeltaKey(TUN, 10_120, 1, 0), 9297, 17, 4128, 21)
            .row(TUN, VPN, 4983, 10, 1801, 12)
            .row(new DeltaKey(TUN, 10_120, 0, tag), 21_691, 41, 13_820, 51)
            .row(new DeltaKey(TUN, 10_120, 1, tag), 1281, 2, 665, 2)
            .row("test0", 10_100, 1685, 5, 2070, 6)
            .row(WIFI, 10_100, 5178, 8, 2139, 11)
            .row(WIFI, VPN, 149_873, 287, 59_217, 299);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(
            new Deltas()
                .row(WIFI, 10_100, 44_783, 54, 14_178, 62)
                .row(WIFI, VPN, 28_304, 27, 1, 2)
                .row(WIFI, 10_120, 72_667, 197, 43_123, 227)
                .row(new DeltaKey(WIFI, 10_120, 1, 0), 9297, 17, 4054, 19)
                .row(new DeltaKey(WIFI, 10_120, 0, tag), 21_691, 41, 13_572, 48)
                .row(new DeltaKey(WIFI, 10_120, 1, tag), 1281, 2, 653, 1)
                .rows());
    assertThat(Deltas.on(TUN, rows)).isEqualTo(Deltas.on(TUN, counted.rows()));
    assertThat(Deltas.on("test0", rows)).isEqualTo(Deltas.on("test0", counted.rows()));
  }

  @Test
  void case39_vpnThatEchoes_isChargedForWhatItSentBelowOnly() {
    Deltas counted =
        new Deltas()
            .row(TUN, 10_100, 50_000, 25, 100_000, 50)
            .row(TUN, 20_100, 500, 2, 200, 5)
            .row(TUN, VPN, 240_000, 100, 120_000, 60)
            .row(WIFI, 10_100, 1000, 10, 2000, 20)
            .row(WIFI, VPN, 75_500, 37, 130_000, 70);
    Map<DeltaKey, Traffic> rows = apply(counted, vpnOver(WIFI));
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(
            new Deltas()
                .row(WIFI, 10_100, 51_000, 35, 102_000, 70)
                .row(WIFI, VPN, 25_000, 10, 29_800, 15)
                .row(WIFI, 20_100, 500, 2, 200, 5)
                .rows());
  }

  @Test
  void case39_tunnelOfTheKernel_isAddedToTheFirstInterfaceAndDeductedNowhere() {
    Deltas counted =
        new Deltas()
            .row("ipsec0", 10_100, 50_000, 25, 100_000, 50)
            .row("ipsec0", 1000, 2000, 20, 3000, 30)
            .row(WIFI, 10_100, 1000, 10, 2000, 20)
            .row(WIFI, 1000, 7, 1, 8, 1);
    Tunnel kernel = new Tunnel("ipsec0", Optional.empty(), List.of(WIFI, MOBILE));
    Map<DeltaKey, Traffic> rows = apply(counted, kernel);
    assertThat(Deltas.on(WIFI, rows))
        .isEqualTo(
            new Deltas()
                .row(WIFI, 10_100, 51_000, 35, 102_000, 70)
                .row(WIFI, 1000, 2007, 21, 3008, 31)
                .rows());
    assertThat(Deltas.on(MOBILE, rows)).isEmpty();
    assertThat(Deltas.on("ipsec0", rows)).isEqualTo(Deltas.on("ipsec0", counted.rows()));
  }
}
