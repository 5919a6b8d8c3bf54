package org.uidnet.api.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantWriterTest {
  private static void assertWrittenAsBefore(Instant time) throws JsonProcessingException {
    assertThat(Json.LENIENT.writeValueAsString(time))
        .isEqualTo('"' + DateTimeFormatter.ISO_INSTANT.format(time) + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-28T11:05:09Z",
        "2024-02-29T23:59:59Z",
        "1969-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z",
        "-0001-12-31T23:59:59Z",
        "+10000-01-01T00:00:00Z",
        "2026-11-28T11:05:09.070Z",
        "2026-11-28T11:05:09.000000001Z"
      })
  void write_isWhatTheFormatterWrites(String time) throws JsonProcessingException {
    assertWrittenAsBefore(Instant.parse(time));
  }

  @Test
  void write_anySecondOfFourDigitYears_isWhatTheFormatterWrites() throws JsonProcessingException {
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    Random random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      assertWrittenAsBefore(Instant.ofEpochSecond(random.nextLong(first, last)));
    }
  }
}
