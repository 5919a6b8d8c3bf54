package org.uidnet.stats;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Where hours, days and months begin in a time zone. Hours are those of the local clock, so that
 * days consist of whole hours in half-hour zones too; a change of the clock by half an hour makes
 * one hour shorter or longer.
 */
record BucketCalendar(ZoneId zone) {
  /** First tick of the bucket that holds the tick. */
  int start(Resolution resolution, int tick) {
    return resolution == Resolution.FIVE_MINUTES
        ? tick
        : Tick.ceil(local(resolution, tick).toInstant().toEpochMilli());
  }

  /** First tick after the bucket that holds the tick. */
  int end(Resolution resolution, int tick) {
    return switch (resolution) {
      case FIVE_MINUTES -> tick + 1;
      case HOUR -> endOfHour(tick);
      case DAY -> ceil(local(Resolution.DAY, tick).toLocalDate().plusDays(1).atStartOfDay(zone));
      case MONTH ->
          ceil(local(Resolution.MONTH, tick).toLocalDate().plusMonths(1).atStartOfDay(zone));
    };
  }

  /** Walks, because a change of the clock may make the hour shorter or longer. */
  private int endOfHour(int tick) {
    int start = start(Resolution.HOUR, tick);
    int end = tick + 1;
    while (start(Resolution.HOUR, end) == start) {
      end++;
    }
    return end;
  }

  private ZonedDateTime local(Resolution resolution, int tick) {
    ZonedDateTime time = Instant.ofEpochMilli(Tick.millis(tick)).atZone(zone);
    return switch (resolution) {
      case FIVE_MINUTES -> time;
      case HOUR -> time.truncatedTo(ChronoUnit.HOURS);
      case DAY -> time.toLocalDate().atStartOfDay(zone);
      case MONTH -> time.toLocalDate().withDayOfMonth(1).atStartOfDay(zone);
    };
  }

  private static int ceil(ZonedDateTime time) {
    return Tick.ceil(time.toInstant().toEpochMilli());
  }
}
