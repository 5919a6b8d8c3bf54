package org.uidnet.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TimesTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static Times times(String... spans) {
    return new Times(
        Arrays.stream(spans)
            .flatMap(span -> Values.SPANS.parse().apply(span).orElseThrow().stream())
            .toList());
  }

  /** Monday 2 March 2026 is in winter: UTC + 1. */
  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  @Test
  void contains_fromIncluded_toExcluded() {
    Times times = times("mon-fri 07:00-08:30");

    assertThat(times.contains(at("2026-03-02T06:59:59"), BERLIN)).isFalse();
    assertThat(times.contains(at("2026-03-02T07:00:00"), BERLIN)).isTrue();
    assertThat(times.contains(at("2026-03-02T08:30:00"), BERLIN)).isFalse();
    assertThat(times.contains(at("2026-03-07T08:00:00"), BERLIN)).isFalse();
  }

  @Test
  void contains_overMidnight_belongsToTheDayItBegan() {
    Times times = times("sun 23:00-06:00");

    assertThat(times.contains(at("2026-03-01T23:30:00"), BERLIN)).isTrue();
    assertThat(times.contains(at("2026-03-02T05:59:00"), BERLIN)).isTrue();
    assertThat(times.contains(at("2026-03-02T23:30:00"), BERLIN)).isFalse();
  }

  @Test
  void days_overTheWeekend() {
    Times times = times("sat-mon 10:00-11:00");

    assertThat(times.contains(at("2026-03-02T10:30:00"), BERLIN)).isTrue();
    assertThat(times.contains(at("2026-03-03T10:30:00"), BERLIN)).isFalse();
    assertThat(times.contains(at("2026-03-07T10:30:00"), BERLIN)).isTrue();
  }

  @Test
  void nextChange_isTheEndInsideAndTheBeginningOutside() {
    Times times = times("mon 07:00-08:30");

    assertThat(times.nextChange(at("2026-03-02T06:00:00"), BERLIN))
        .contains(at("2026-03-02T07:00:00"));
    assertThat(times.nextChange(at("2026-03-02T07:00:00"), BERLIN))
        .contains(at("2026-03-02T08:30:00"));
    assertThat(times.nextChange(at("2026-03-02T08:30:00"), BERLIN))
        .contains(at("2026-03-09T07:00:00"));
    assertThat(Times.NEVER.nextChange(at("2026-03-02T08:30:00"), BERLIN)).isEmpty();
  }

  /** On 29 March 2026 the clock goes from 02:00 to 03:00. */
  @Test
  void summerTime_shortensOrSwallowsASpan() {
    Times night = times("00:00-04:00");
    Times swallowed = times("02:30-03:00");

    assertThat(night.atOrAfter(at("2026-03-29T00:00:00"), BERLIN))
        .contains(new Times.Window(at("2026-03-29T00:00:00"), at("2026-03-29T04:00:00")))
        .hasValueSatisfying(
            window -> assertThat(Duration.between(window.from(), window.to())).hasHours(3));
    assertThat(swallowed.atOrAfter(at("2026-03-29T00:00:00"), BERLIN))
        .contains(new Times.Window(at("2026-03-30T02:30:00"), at("2026-03-30T03:00:00")));
  }
}
