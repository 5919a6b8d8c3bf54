package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.uidnet.stats.attribution.Tunnel;

class TunnelConfigTest {
  @Test
  void parse_isEachTunnelWithItsOwnerAndWhatIsBelow() {
    assertThat(TunnelConfig.parse("tun0=998:wlan0+eth0, wg0=kernel:eth0").tunnels().inOrder())
        .containsExactlyInAnyOrder(
            new Tunnel("tun0", Optional.of(998L), List.of("wlan0", "eth0")),
            new Tunnel("wg0", Optional.empty(), List.of("eth0")));
  }
}
