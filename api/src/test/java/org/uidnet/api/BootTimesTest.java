package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class BootTimesTest {
  private static final Instant BOOT = Instant.parse("2026-03-01T00:00:00Z");

  private Instant now = BOOT.plusSeconds(100);
  private long elapsed = 100_000_000_000L;
  private final BootTimes times =
      new BootTimes(
          new Clock() {
            @Override
            public Instant instant() {
              return now;
            }

            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }
          },
          () -> elapsed);

  @Test
  void moments_areTheBootAndWhatPassed() {
    assertThat(times.at(5_000_000_007L)).isEqualTo(BOOT.plusSeconds(5).plusNanos(7));
  }

  /** Else times of packets would go back and forth by what lies between two system calls. */
  @Test
  void smallDifferencesOfTheClocks_moveNothing() {
    Instant first = times.at(1);
    elapsed += 1_000_000;

    assertThat(times.at(2)).isEqualTo(first.plusNanos(1));
  }

  @Test
  void wallClockThatIsSet_isFollowed() {
    times.at(1);
    now = now.plusSeconds(3600);

    assertThat(times.at(0)).isEqualTo(BOOT.plusSeconds(3600));
  }
}
