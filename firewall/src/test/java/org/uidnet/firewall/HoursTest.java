package org.uidnet.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Set<DayOfWeek> DAILY = EnumSet.allOf(DayOfWeek.class);

  private static Hours hours(String from, String to, Set<DayOfWeek> days) {
    return new Hours(days, LocalTime.parse(from), LocalTime.parse(to));
  }

  private static Instant utc(String local) {
    return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC);
  }

  /** 2026-03-02 is a Monday. */
  @ParameterizedTest
  @CsvSource({
    "09:00, 17:00, 2026-03-02T08:59:59, false",
    "09:00, 17:00, 2026-03-02T09:00:00, true",
    "09:00, 17:00, 2026-03-02T16:59:59, true",
    "09:00, 17:00, 2026-03-02T17:00:00, false",
    "09:00, 17:00, 2026-03-03T12:00:00, false",
    "22:00, 06:00, 2026-03-02T21:59:59, false",
    "22:00, 06:00, 2026-03-02T22:00:00, true",
    "22:00, 06:00, 2026-03-03T05:59:59, true",
    "22:00, 06:00, 2026-03-03T06:00:00, false",
    "22:00, 06:00, 2026-03-02T05:59:59, false",
    "22:00, 06:00, 2026-03-03T22:00:00, false",
    "00:00, 00:00, 2026-03-02T00:00:00, true",
    "00:00, 00:00, 2026-03-02T23:59:59, true",
    "00:00, 00:00, 2026-03-03T00:00:00, false"
  })
  void contains_onMondays(String from, String to, String now, boolean contained) {
    Hours mondays = hours(from, to, Set.of(DayOfWeek.MONDAY));
    assertThat(mondays.contains(utc(now), ZoneOffset.UTC)).isEqualTo(contained);
  }

  /** 2026-03-29 02:00 is 03:00: the span that begins in the missing hour begins at its end. */
  @Test
  void contains_whenAnHourIsLeftOut() {
    Hours early = hours("02:30", "04:00", DAILY);
    Instant shift = Instant.parse("2026-03-29T01:00:00Z");
    assertThat(early.contains(shift.minusSeconds(1), BERLIN)).isFalse();
    assertThat(early.contains(shift, BERLIN)).isTrue();
    assertThat(early.contains(shift.plus(Duration.ofHours(1)), BERLIN)).isFalse();
  }

  /** 2026-10-25 03:00 is 02:00 again. */
  @Test
  void contains_whenAnHourIsRepeated_itTwice() {
    Hours early = hours("02:00", "03:00", DAILY);
    Instant first = Instant.parse("2026-10-25T00:00:00Z");
    assertThat(early.contains(first.minusSeconds(1), BERLIN)).isFalse();
    assertThat(early.contains(first, BERLIN)).isTrue();
    assertThat(early.contains(first.plus(Duration.ofMinutes(119)), BERLIN)).isTrue();
    assertThat(early.contains(first.plus(Duration.ofMinutes(120)), BERLIN)).isFalse();
  }

  /** 02:25 comes twice on that day. */
  @Test
  void nextLook_inARepeatedHour_isItsSecondTime() {
    Hours early = hours("02:25", "05:40", DAILY);
    Instant again = Instant.parse("2026-10-25T01:00:00Z");
    assertThat(early.contains(again, BERLIN)).isFalse();
    assertThat(early.nextLook(again, BERLIN)).isEqualTo(again.plus(Duration.ofMinutes(25)));
    assertThat(early.contains(again.plus(Duration.ofMinutes(25)), BERLIN)).isTrue();
  }

  /** Nothing changes between a moment and its next look; checked each five minutes of two years. */
  @Test
  void nextLook_isNoLaterThanTheNextChange() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      Hours some =
          hours(
              "%02d:%02d".formatted(random.nextInt(24), 5 * random.nextInt(12)),
              "%02d:%02d".formatted(random.nextInt(24), 5 * random.nextInt(12)),
              Set.of(DayOfWeek.of(1 + random.nextInt(6)), DayOfWeek.SUNDAY));
      Instant now = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(300L * random.nextInt(999));
      Instant look = some.nextLook(now, BERLIN);
      Instant end = now.plus(Duration.ofDays(700));
      boolean held = some.contains(now, BERLIN);
      for (; now.isBefore(end); now = now.plusSeconds(300)) {
        if (!now.isBefore(look)) {
          held = some.contains(now, BERLIN);
          look = some.nextLook(now, BERLIN);
        }
        assertThat(some.contains(now, BERLIN))
            .as("seed %d: %s at %s", seed, some, now)
            .isEqualTo(held);
        assertThat(look).isAfter(now);
      }
    }
  }
}
