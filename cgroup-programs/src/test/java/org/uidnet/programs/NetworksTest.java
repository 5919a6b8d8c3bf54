package org.uidnet.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.uidnet.programs.Networks.Interface;
import org.uidnet.programs.Networks.View;

class NetworksTest {
  @Test
  void networkBytes_areTheDevicesLessLinkHeaders() {
    Traffic device = new Traffic(1_514, 1, 2_828, 2);
    Interface ethernet = new Interface(1, true, 2, "eth0", "physical", 14, View.WIRE, device);

    assertThat(ethernet.networkBytes()).isEqualTo(new Traffic(1_500, 1, 2_800, 2));
  }

  @Test
  void view_choosesWhatTheDeviceCounts() {
    Counters counters = new Counters(new Traffic(9, 3, 0, 0), new Traffic(4, 2, 0, 0));

    assertThat(View.WIRE.of(counters)).isEqualTo(new Traffic(9, 3, 0, 0));
    assertThat(View.DEVICE.of(counters)).isEqualTo(new Traffic(5, 1, 0, 0));
  }
}
