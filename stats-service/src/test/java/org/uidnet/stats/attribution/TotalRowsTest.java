package org.uidnet.stats.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.stats.attribution.Deltas.RED;
import static org.uidnet.stats.attribution.Deltas.VPN;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.uidnet.programs.Traffic;

class TotalRowsTest {
  private static final DeltaKey VPN_TAGGED = new DeltaKey("eth0", VPN, 0, 7);
  private static final Attribution TUNNEL =
      new Attribution(
          Set.of(), new Tunnels(List.of(new Tunnel("tun0", Optional.of(VPN), List.of("eth0")))));

  @Test
  void of_untaggedRow_holdsTheTaggedOnesToo() {
    Deltas apart =
        new Deltas()
            .row("eth0", RED, 10, 1, 20, 2)
            .row(new DeltaKey("eth0", RED, 0, 7), 30, 3, 40, 4)
            .row(new DeltaKey("eth0", RED, 1, 7), 1, 1, 1, 1);
    Map<DeltaKey, Traffic> rows = TotalRows.of(apart.rows());
    assertThat(rows.get(new DeltaKey("eth0", RED, 0, 0))).isEqualTo(new Traffic(40, 4, 60, 6));
    assertThat(rows.get(new DeltaKey("eth0", RED, 1, 0))).isEqualTo(new Traffic(1, 1, 1, 1));
    assertThat(Deltas.on("eth0", TotalRows.parted(rows))).isEqualTo(apart.rows());
  }

  @Test
  void applyApart_ofATaggedApp_movesTagsAndRest() {
    Deltas counted =
        new Deltas()
            .row("tun0", RED, 100, 10, 0, 0)
            .row(new DeltaKey("tun0", RED, 0, 7), 300, 30, 0, 0)
            .row("eth0", VPN, 440, 40, 0, 0);
    assertThat(Deltas.on("eth0", TUNNEL.applyApart(counted.rows())))
        .isEqualTo(
            new Deltas()
                .row("eth0", RED, 100, 10, 0, 0)
                .row(new DeltaKey("eth0", RED, 0, 7), 300, 30, 0, 0)
                .row("eth0", VPN, 40, 0, 0, 0)
                .rows());
  }

  /** The owner may tag the very packets that are moved away from it. */
  @Test
  void applyApart_ofATaggedOwner_isNeverNegative() {
    Deltas counted = new Deltas().row("tun0", RED, 400, 40, 0, 0).row(VPN_TAGGED, 440, 40, 5, 1);
    Map<DeltaKey, Traffic> rows = TUNNEL.applyApart(counted.rows());
    assertThat(rows.get(VPN_TAGGED)).isEqualTo(new Traffic(40, 0, 5, 1));
    assertThat(rows.get(new DeltaKey("eth0", VPN, 0, 0))).isEqualTo(Traffic.NONE);
  }
}
