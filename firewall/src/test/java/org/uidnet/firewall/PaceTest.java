package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaceTest {
  private static final Cycle.Span MONTH =
      new Cycle.Span(Instant.parse("2026-04-01T00:00:00Z"), Instant.parse("2026-05-01T00:00:00Z"));

  private static OptionalLong forecast(long used, String now) {
    return Pace.forecast(used, MONTH, Instant.parse(now));
  }

  @Test
  void forecast_goesOnAsFastAsSoFar() {
    assertThat(forecast(100, "2026-04-11T00:00:00Z")).hasValue(300);
    assertThat(forecast(100, "2026-05-01T00:00:00Z")).hasValue(100);
    assertThat(forecast(0, "2026-04-11T00:00:00Z")).hasValue(0);
    assertThat(forecast(Long.MAX_VALUE / 2, "2026-04-11T00:00:00Z")).hasValue(Long.MAX_VALUE);
  }

  /** A hundredth of 30 days is 7 hours and 12 minutes. */
  @Test
  void forecast_atTheBeginningOfACycle_isNone() {
    assertThat(forecast(100, "2026-04-01T07:11:59Z")).isEmpty();
    assertThat(forecast(100, "2026-04-01T07:12:00Z")).hasValue(10_000);
    assertThat(forecast(100, "2026-03-31T00:00:00Z")).isEmpty();
  }

  /** Android's: more than 3/2 of the limit, by what 4 days come to in the whole cycle. */
  @ParameterizedTest
  @CsvSource({
    "200, 1000, false", // 1500
    "201, 1000, true",
    "0, 0, false",
    "1, 0, true",
    "9223372036854775807, 9223372036854775807, false",
  })
  void rapid_isMoreThanHalfAgainTheLimit(long recent, long limit, boolean rapid) {
    assertThat(Pace.isRapid(Pace.projected(recent, Duration.ofDays(30)), limit)).isEqualTo(rapid);
  }

  @Test
  void blamed_isWhoUsedMoreThanHalf() {
    assertThat(Pace.blamed(Map.of(1L, 51L, 2L, 49L))).hasValue(1);
    assertThat(Pace.blamed(Map.of(1L, 50L, 2L, 50L))).isEmpty();
    assertThat(Pace.blamed(Map.of())).isEmpty();
  }
}
