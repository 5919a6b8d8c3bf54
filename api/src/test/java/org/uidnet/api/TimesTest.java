package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "now, 2026-03-31T12:00:00Z",
    "-0s, 2026-03-31T12:00:00Z",
    "-90s, 2026-03-31T11:58:30Z",
    "-5m, 2026-03-31T11:55:00Z",
    "-36h, 2026-03-30T00:00:00Z",
    "-7d, 2026-03-24T12:00:00Z",
    "-2w, 2026-03-17T12:00:00Z",
    "-1mo, 2026-02-28T12:00:00Z",
    "-1y, 2025-03-31T12:00:00Z",
    "0, 1970-01-01T00:00:00Z",
    "1767225600123, 2026-01-01T00:00:00.123Z",
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:00Z",
    "2026-01-01t00:00:00.5z, 2026-01-01T00:00:00.500Z",
    "2026-01-01T05:30:00+05:30, 2026-01-01T00:00:00Z",
    "2025-12-31T20:00:00-04:00, 2026-01-01T00:00:00Z"
  })
  void parse_reads(String text, Instant time) {
    assertThat(Times.parse(text, NOW)).isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "-7",
        "7d",
        "-7 d",
        "-7D",
        "+7d",
        "-d",
        "2026-01-01",
        "2026-01-01T00:00:00",
        "2026-02-30T00:00:00Z",
        "1e9",
        "-1.5h"
      })
  void parse_refusesOtherText(String text) {
    assertThatThrownBy(() -> Times.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + text + "' is not a time; write 2026-03-01T12:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-57y", "-999999999y", "999999999999999", "1969-12-31T23:59:59Z"})
  void parse_refusesTimesThatNobodyMeans(String text) {
    assertThatThrownBy(() -> Times.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }
}
