package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.uidnet.api.TraceFilter;
import org.uidnet.programs.SlotId;

class TraceDemandTest {
  private static final long ALL = SlotId.UID_FOREIGN;

  @Test
  void nobody_needsNothing() {
    assertThat(demand()).isEqualTo(new TraceDemand(0, ALL));
  }

  @Test
  void one_isSampledByThePrograms() {
    assertThat(demand(of(1000, 10))).isEqualTo(new TraceDemand(10, 1000));
    assertThat(demand(all(1))).isEqualTo(new TraceDemand(1, ALL));
  }

  @Test
  void many_ofOneUid_shareTheGreatestDivisor() {
    assertThat(demand(of(1000, 10), of(1000, 15))).isEqualTo(new TraceDemand(5, 1000));
    assertThat(demand(of(1000, 10), of(1000, 30))).isEqualTo(new TraceDemand(10, 1000));
    assertThat(demand(all(10), all(7))).isEqualTo(new TraceDemand(1, ALL));
  }

  /** Every tenth packet of all may be every tenth of one UID's, or none of them at all. */
  @Test
  void many_ofDifferentUids_countForThemselves() {
    assertThat(demand(of(1000, 10), of(1001, 10))).isEqualTo(new TraceDemand(1, ALL));
    assertThat(demand(of(1000, 10), all(10))).isEqualTo(new TraceDemand(1, ALL));
  }

  @Test
  void furtherWishes_areSampledBySessions() {
    TraceFilter dropped = new TraceFilter(OptionalLong.of(1000), 10, Optional.of(packet -> false));

    assertThat(demand(dropped)).isEqualTo(new TraceDemand(1, 1000));
    assertThat(demand(of(1000, 10), dropped)).isEqualTo(new TraceDemand(1, 1000));
  }

  private static TraceDemand demand(TraceFilter... filters) {
    return TraceDemand.of(List.of(filters));
  }

  private static TraceFilter of(long uid, int every) {
    return new TraceFilter(OptionalLong.of(uid), every, Optional.empty());
  }

  private static TraceFilter all(int every) {
    return new TraceFilter(OptionalLong.empty(), every, Optional.empty());
  }
}
