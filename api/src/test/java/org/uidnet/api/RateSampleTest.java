package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.api.model.UsageRates;
import org.uidnet.api.model.UsageRates.Rate;
import org.uidnet.programs.Traffic;
import org.uidnet.stats.Usage;

class RateSampleTest {
  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

  private static RateSample at(long millis, Usage.Row... rows) {
    return new RateSample(TIME.plusMillis(millis), millis * 1_000_000, List.of(rows));
  }

  private static Usage.Row row(long uid, long rx, long tx) {
    return new Usage.Row(FakeUsage.uid(uid, "u" + uid), new Traffic(rx, rx / 10, tx, tx / 10));
  }

  @Test
  void rates_areDifferencesPerSecond_theBusiestFirst() {
    UsageRates rates =
        at(2000, row(1000, 500, 100), row(1001, 9000, 0))
            .since(at(0, row(1000, 300, 100), row(1001, 1000, 0)));

    assertThat(rates.seconds()).isEqualTo(2.0);
    assertThat(rates.time()).isEqualTo(TIME.plusSeconds(2));
    assertThat(rates.rows())
        .extracting(row -> row.uid().orElseThrow())
        .containsExactly(1001L, 1000L);
    assertThat(rates.rows().get(0).rate()).isEqualTo(new Rate(4000, 400, 0, 0));
    assertThat(rates.rows().get(1).rate()).isEqualTo(new Rate(100, 10, 0, 0));
    assertThat(rates.total()).isEqualTo(new Rate(4100, 410, 0, 0));
  }

  @Test
  void whoSentNothing_isNotTold() {
    assertThat(at(1000, row(1000, 500, 100)).since(at(0, row(1000, 500, 100))).rows()).isEmpty();
  }

  @Test
  void whoIsNew_hasSentAllOfItNow() {
    assertThat(at(1000, row(1000, 500, 100)).since(at(0)).total())
        .isEqualTo(new Rate(500, 50, 100, 10));
  }

  @Test
  void countersThatFell_flowedNothing() {
    assertThat(at(1000, row(1000, 10, 200)).since(at(0, row(1000, 500, 100))).total())
        .isEqualTo(new Rate(0, 0, 100, 10));
  }

  @Test
  void noTimeBetween_isNoRate() {
    assertThat(at(0, row(1000, 500, 100)).since(at(0)).rows()).isEmpty();
  }
}
