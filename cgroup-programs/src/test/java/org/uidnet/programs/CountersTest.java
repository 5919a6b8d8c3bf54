package org.uidnet.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CountersTest {
  private static final Traffic WIRE = new Traffic(70_000, 48, 3_000, 2);
  private static final Traffic EXTRA = new Traffic(2_496, 47, 52, 1);

  @Test
  void device_isWireLessExtra() {
    assertThat(new Counters(WIRE, EXTRA).device()).isEqualTo(new Traffic(67_504, 1, 2_948, 1));
  }

  @Test
  void plusAndMinus_workInBothViews() {
    Counters counters = new Counters(WIRE, EXTRA);

    Counters twice = counters.plus(counters);

    assertThat(twice.wire()).isEqualTo(new Traffic(140_000, 96, 6_000, 4));
    assertThat(twice.device()).isEqualTo(counters.device().plus(counters.device()));
    assertThat(twice.minus(counters)).isEqualTo(counters);
  }

  @Test
  void minus_mayBeNegative() {
    assertThat(Traffic.NONE.minus(WIRE)).isEqualTo(new Traffic(-70_000, -48, -3_000, -2));
  }

  @Test
  void isZero_onlyWithoutAnyTraffic() {
    assertThat(Counters.NONE.isZero()).isTrue();
    assertThat(new Counters(Traffic.NONE, EXTRA).isZero()).isFalse();
    assertThat(WIRE.minus(WIRE).isZero()).isTrue();
  }
}
