package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.Setting;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.HistoryException;
import org.uidnet.stats.NetworkIdentities.Identity;
import org.uidnet.stats.network.NetworkType;

class KnownNetworksTest {
  private static final Networks.Interface WLAN = link(true, "wlan0", "wlan");
  private static final Setting.Attributes HOME =
      new Setting.Attributes(true, false, false, Optional.empty(), Optional.of("Home"), false);

  private Setting.Interfaces said = Setting.Interfaces.none();
  private Optional<String> defaultRoute = Optional.of("wlan0");
  private final KnownNetworks networks = new KnownNetworks(this::said, () -> defaultRoute);
  private boolean readable = true;
  private final List<Boolean> snapshots = new ArrayList<>();

  private Setting.Interfaces said() {
    if (!readable) {
      throw new FirewallException(FirewallException.Cause.STORE, "the policy cannot be read");
    }
    return said;
  }

  private static Networks.Interface link(boolean host, String name, String kind) {
    return new Networks.Interface(7, host, 3, name, kind, 14, Networks.View.WIRE, Traffic.NONE);
  }

  private void noteMetered() {
    snapshots.add(networks.of(WLAN).metered());
  }

  @Test
  void of_isWhatTheDeviceTells_whereNothingIsSaid() {
    assertThat(networks.of(WLAN))
        .isEqualTo(new Identity(NetworkType.WIFI, false, false, Optional.empty(), true));
    assertThat(networks.of(link(true, "lo", "loopback")).type()).isEqualTo(NetworkType.NONE);
    assertThat(networks.of(link(false, "wlan0", "wlan")).defaultNetwork()).isFalse();
  }

  @Test
  void update_letsASnapshotSeeWhatWas_andOneWhatIs() {
    said = said.with("wlan0", HOME);
    assertThat(networks.isSaidAnew()).isTrue();
    networks.update(this::noteMetered);
    assertThat(networks.isSaidAnew()).isFalse();
    assertThat(snapshots).containsExactly(false, true);
    assertThat(networks.of(WLAN))
        .isEqualTo(new Identity(NetworkType.WIFI, true, false, Optional.of("Home"), true));
    networks.update(this::noteMetered);
    assertThat(snapshots).hasSize(2);
  }

  @Test
  void update_whileNothingCanBeStored_keepsWhatWas() {
    said = said.with("wlan0", HOME);
    networks.update(
        () -> {
          throw new HistoryException("the disk is full");
        });
    assertThat(networks.of(WLAN).metered()).isFalse();
    networks.update(this::noteMetered);
    assertThat(networks.of(WLAN).metered()).isTrue();
  }

  @Test
  void update_whileThePolicyCannotBeRead_keepsWhatWasSaid() {
    said = said.with("wlan0", HOME);
    networks.update(this::noteMetered);
    readable = false;
    defaultRoute = Optional.empty();
    networks.update(this::noteMetered);
    assertThat(networks.of(WLAN).metered()).isTrue();
    assertThat(networks.of(WLAN).defaultNetwork()).isFalse();
  }

  @Test
  void name_isWhatWasSaidToBeIt_elseWhereTheDefaultRouteLeads() {
    assertThat(networks.name()).contains("wlan0");
    said =
        said.with(
            "eth1",
            new Setting.Attributes(false, false, true, Optional.empty(), Optional.empty(), true));
    networks.update(this::noteMetered);
    assertThat(networks.name()).contains("eth1");
    assertThat(networks.of(WLAN).defaultNetwork()).isFalse();
    assertThat(networks.of(link(true, "eth1", "physical")).type()).isEqualTo(NetworkType.VPN);
    defaultRoute = Optional.empty();
    said = Setting.Interfaces.none();
    networks.update(this::noteMetered);
    assertThat(networks.name()).isEmpty();
  }

  @Test
  void type_isWhatWasSaid() {
    said =
        said.with(
            "wlan0",
            new Setting.Attributes(
                false, false, true, Optional.of("mobile"), Optional.empty(), false));
    networks.update(this::noteMetered);
    assertThat(networks.of(WLAN).type()).isEqualTo(NetworkType.MOBILE);
  }
}
