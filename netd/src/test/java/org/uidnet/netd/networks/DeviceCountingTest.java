package org.uidnet.netd.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.uidnet.programs.Networks.View;
import org.uidnet.programs.Traffic;

class DeviceCountingTest {
  private static final int ETHER = 1;
  private static final int LOOPBACK = 772;
  private static final int NONE = 0xfffe;

  @ParameterizedTest
  @CsvSource({
    "veth, 14, 14",
    "tun, 14, 14",
    "macvlan, 14, 14",
    "bridge, 0, 14",
    "vlan, 0, 14",
    "vxlan, 0, 0",
    "gretap, 0, 0"
  })
  void of_linkHeadersOfEthernetKinds(String kind, int rx, int tx) {
    DeviceCounting counting =
        DeviceCounting.of(ETHER, Optional.of(kind), Optional.empty(), Optional.of(true));

    assertThat(counting).isEqualTo(new DeviceCounting(kind, rx, tx, View.DEVICE));
  }

  @Test
  void of_loopback() {
    assertThat(DeviceCounting.of(LOOPBACK, Optional.empty(), Optional.empty(), Optional.of(true)))
        .isEqualTo(new DeviceCounting("loopback", 0, 0, View.DEVICE));
  }

  @Test
  void of_tunnelWithoutLinkLayer() {
    assertThat(DeviceCounting.of(NONE, Optional.of("tun"), Optional.of("tun"), Optional.of(false)))
        .isEqualTo(new DeviceCounting("tun", 0, 0, View.WIRE));
  }

  @Test
  void of_hardwareCountsTheWireWithOffloadToo() {
    assertThat(DeviceCounting.of(ETHER, Optional.empty(), Optional.of("e1000e"), Optional.of(true)))
        .isEqualTo(new DeviceCounting("physical", 14, 14, View.WIRE));
    assertThat(
            DeviceCounting.of(ETHER, Optional.empty(), Optional.empty(), Optional.empty()).view())
        .isEqualTo(View.WIRE);
  }

  @Test
  void of_virtioCountsWholePacketsWithOffload() {
    assertThat(virtio(true)).isEqualTo(View.DEVICE);
    assertThat(virtio(false)).isEqualTo(View.WIRE);
  }

  private static View virtio(boolean offload) {
    return DeviceCounting.of(
            ETHER, Optional.empty(), Optional.of("virtio_net"), Optional.of(offload))
        .view();
  }

  @Test
  void of_virtualWithoutOffload() {
    assertThat(
            DeviceCounting.of(ETHER, Optional.of("veth"), Optional.empty(), Optional.of(false))
                .view())
        .isEqualTo(View.WIRE);
  }

  @Test
  void withHeaders_completesTheDirectionThatLacksThem() {
    DeviceCounting bridge =
        DeviceCounting.of(ETHER, Optional.of("bridge"), Optional.empty(), Optional.empty());

    assertThat(bridge.linkHeader()).isEqualTo(14);
    assertThat(bridge.withHeaders(new Traffic(1000, 10, 1140, 10)))
        .isEqualTo(new Traffic(1140, 10, 1140, 10));
  }
}
