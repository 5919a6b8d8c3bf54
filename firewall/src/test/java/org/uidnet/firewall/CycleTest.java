package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CycleTest {
  private static Cycle.Span monthly(int day, String zone, String now) {
    return Cycle.Monthly.of(day, zone).at(Instant.parse(now));
  }

  /**
   * Android's case 83. Where it tells the last millisecond of a short month, our cycle begins with
   * the next one.
   */
  @ParameterizedTest
  @CsvSource({
    "5,  2007-11-14T00:00:00Z, 2007-11-05T00:00:00Z",
    "20, 2007-11-14T00:00:00Z, 2007-10-20T00:00:00Z",
    "30, 2007-02-14T00:00:00Z, 2007-01-30T00:00:00Z",
    "30, 2007-03-14T00:00:00Z, 2007-03-01T00:00:00Z",
  })
  void lastCycleBoundary_isAndroids(int day, String now, String start) {
    assertThat(monthly(day, "UTC", now).start()).isEqualTo(start);
  }

  @Test
  void boundaryOfShortMonth_lessAMillisecond_isAndroids() {
    assertThat(monthly(30, "UTC", "2007-03-14T00:00:00Z").start().minusMillis(1))
        .isEqualTo("2007-02-28T23:59:59.999Z");
  }

  /** Android's case 85. */
  @ParameterizedTest
  @CsvSource({
    "10, US/Central, 2012-01-05T00:00:00Z, 2012-01-10T06:00:00Z",
    "10, Israel,     2012-01-05T00:00:00Z, 2012-01-09T22:00:00Z",
  })
  void nextCycle_isInTheZone(int day, String zone, String now, String end) {
    assertThat(monthly(day, zone, now).end()).isEqualTo(end);
  }

  @ParameterizedTest
  @CsvSource({
    "1,  UTC, 2026-03-01T00:00:00Z,      2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z",
    "1,  UTC, 2026-03-31T23:59:59.999Z,  2026-03-01T00:00:00Z, 2026-04-01T00:00:00Z",
    "31, UTC, 2026-04-15T00:00:00Z,      2026-03-31T00:00:00Z, 2026-05-01T00:00:00Z",
    "31, UTC, 2026-05-01T00:00:00Z,      2026-05-01T00:00:00Z, 2026-05-31T00:00:00Z",
    "29, UTC, 2028-02-29T12:00:00Z,      2028-02-29T00:00:00Z, 2028-03-29T00:00:00Z",
    "29, UTC, 2026-02-28T12:00:00Z,      2026-01-29T00:00:00Z, 2026-03-01T00:00:00Z",
    "15, UTC, 2026-01-10T00:00:00Z,      2025-12-15T00:00:00Z, 2026-01-15T00:00:00Z",
  })
  void month_isClamped(int day, String zone, String now, String start, String end) {
    assertThat(monthly(day, zone, now))
        .isEqualTo(new Cycle.Span(Instant.parse(start), Instant.parse(end)));
  }

  /**
   * In Berlin the clock moves on the 29th of March; in Beirut at midnight, which then is at one.
   */
  @ParameterizedTest
  @CsvSource({
    "1,  Europe/Berlin,  2026-03-15T00:00:00Z, 2026-02-28T23:00:00Z, 2026-03-31T22:00:00Z",
    "29, Asia/Beirut,    2026-03-29T12:00:00Z, 2026-03-28T22:00:00Z, 2026-04-28T21:00:00Z",
    "1,  Asia/Kathmandu, 2026-03-15T00:00:00Z, 2026-02-28T18:15:00Z, 2026-03-31T18:15:00Z",
  })
  void daylightSaving_movesTheBoundary(int day, String zone, String now, String start, String end) {
    assertThat(monthly(day, zone, now))
        .isEqualTo(new Cycle.Span(Instant.parse(start), Instant.parse(end)));
  }

  /** Each instant is in one cycle, and each begins where the one before ends. */
  @Test
  void cycles_followEachOtherWithoutAGap() {
    ZoneId zone = ZoneId.of("America/Sao_Paulo");
    for (int day = 1; day <= 31; day++) {
      Cycle cycle = new Cycle.Monthly(day, zone);
      Instant at = LocalDateTime.of(2016, 1, 1, 0, 0).atZone(zone).toInstant();
      Cycle.Span span = cycle.at(at);
      for (int month = 0; month < 60; month++) {
        Cycle.Span next = cycle.at(span.end());
        assertThat(next.start()).as("day %d after %s", day, span).isEqualTo(span.end());
        assertThat(cycle.at(span.end().minusNanos(1))).isEqualTo(span);
        assertThat(next.length()).isBetween(Duration.ofDays(26), Duration.ofDays(32));
        span = next;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PT6H, 2026-01-01T03:00:00Z, 2026-01-01T09:00:00Z, 2026-01-01T09:00:00Z",
    "PT6H, 2026-01-01T03:00:00Z, 2026-01-01T08:59:59.999999999Z, 2026-01-01T03:00:00Z",
    "PT6H, 2026-01-01T03:00:00Z, 2026-01-01T02:59:59.999999999Z, 2025-12-31T21:00:00Z",
    "P7D,  2026-01-01T00:00:00Z, 2026-03-30T00:00:00Z, 2026-03-26T00:00:00Z",
  })
  void every_isCountedFromItsStart(Duration period, Instant start, Instant now, Instant begin) {
    assertThat(new Cycle.Every(period, start).at(now))
        .isEqualTo(new Cycle.Span(begin, begin.plus(period)));
  }

  @Test
  void text_isReadAsItWasWritten() {
    for (Cycle cycle :
        new Cycle[] {
          Cycle.Monthly.of(31, "America/Argentina/Buenos_Aires"),
          Cycle.Monthly.of(1, "+05:30"),
          new Cycle.Every(Duration.ofSeconds(90), Instant.parse("2026-01-01T00:00:00.5Z"))
        }) {
      assertThat(Cycle.parse(cycle.text())).isEqualTo(cycle);
    }
  }

  @Test
  void cycles_thatCannotBe_areRefusedWithWhatCan() {
    assertThatThrownBy(() -> Cycle.Monthly.of(32, "UTC")).hasMessageContaining("1 to 31");
    assertThatThrownBy(() -> Cycle.Monthly.of(0, "UTC")).isInstanceOf(FirewallException.class);
    assertThatThrownBy(() -> Cycle.Monthly.of(1, "Mars/Olympus"))
        .hasMessageContaining("'Mars/Olympus' is no time zone");
    assertThatThrownBy(() -> new Cycle.Every(Duration.ofMillis(999), Instant.EPOCH))
        .isInstanceOf(FirewallException.class);
    assertThatThrownBy(() -> new Cycle.Every(Duration.ofDays(1), Instant.MAX))
        .isInstanceOf(FirewallException.class);
  }
}
