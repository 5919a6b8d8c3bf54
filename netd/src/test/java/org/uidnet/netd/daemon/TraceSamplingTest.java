package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TraceSamplingTest {
  private final TraceSampling sampling = new TraceSampling();

  @Test
  void packets_standForWhatWasSampledWhenTheyPassed() {
    sampling.changed(100, 10);
    sampling.changed(200, 5);
    sampling.changed(300, 1);

    assertThat(sampling.at(150)).isEqualTo(10);
    assertThat(sampling.at(199)).isEqualTo(10);
    assertThat(sampling.at(200)).isEqualTo(5);
    assertThat(sampling.at(350)).isEqualTo(1);
    assertThat(sampling.at(400)).isEqualTo(1);
  }

  @Test
  void changes_thatNoPacketSaw_areForgotten() {
    sampling.changed(100, 10);
    sampling.changed(200, 5);
    sampling.changed(300, 1);

    assertThat(sampling.at(350)).isEqualTo(1);
  }

  @Test
  void packetsAfterTheEnd_wereSampledBefore() {
    sampling.changed(100, 10);
    sampling.changed(200, 0);

    assertThat(sampling.at(250)).isEqualTo(10);
  }
}
