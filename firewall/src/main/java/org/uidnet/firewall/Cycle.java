package org.uidnet.firewall;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

/** When the use of a quota begins to count anew. A value, and pure. */
public sealed interface Cycle {
  /** The cycle that an instant is in. */
  Span at(Instant now);

  /**
   * As it is stored: {@code monthly,5,Europe/Berlin} or {@code every,PT6H,2026-01-01T00:00:00Z}.
   */
  String text();

  /** What {@link #text} made. */
  static Cycle parse(String text) {
    String[] words = text.split(",", 3);
    return words[0].equals("monthly")
        ? new Monthly(Integer.parseInt(words[1]), ZoneId.of(words[2]))
        : new Every(Duration.parse(words[1]), Instant.parse(words[2]));
  }

  /**
   * One cycle.
   *
   * @param end the first instant that is not part of it
   */
  record Span(Instant start, Instant end) {
    public Duration length() {
      return Duration.between(start, end);
    }
  }

  /**
   * Each month on that day at midnight; in a month without such a day, when the month ends. Android
   * tells the latter as 23:59:59.999 of the last day (RecurrenceRule.roundBoundaryTime), which is
   * the last millisecond of the cycle before.
   */
  record Monthly(int day, ZoneId zone) implements Cycle {
    private static final int LAST_DAY = 31;

    public Monthly {
      if (day < 1 || day > LAST_DAY) {
        throw FirewallException.invalid(
            "no month has a day " + day + ": a cycle begins on a day from 1 to " + LAST_DAY);
      }
    }

    /** The same, for a zone that somebody typed. */
    public static Monthly of(int day, String zone) {
      try {
        return new Monthly(day, ZoneId.of(zone));
      } catch (DateTimeException e) {
        throw FirewallException.invalid(
            "'" + zone + "' is no time zone; write one as Europe/Berlin, UTC or +05:30");
      }
    }

    @Override
    public Span at(Instant now) {
      YearMonth month = YearMonth.from(now.atZone(zone));
      Instant boundary = boundary(month);
      return now.isBefore(boundary)
          ? new Span(boundary(month.minusMonths(1)), boundary)
          : new Span(boundary, boundary(month.plusMonths(1)));
    }

    private Instant boundary(YearMonth month) {
      LocalDate date =
          day <= month.lengthOfMonth() ? month.atDay(day) : month.plusMonths(1).atDay(1);
      return date.atStartOfDay(zone).toInstant();
    }

    @Override
    public String text() {
      return "monthly," + day + "," + zone.getId();
    }
  }

  /** One after the other, each of the same length, whatever the calendar says. */
  record Every(Duration period, Instant start) implements Cycle {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(3660);

    /** Within these the distance to now is a number of nanoseconds. */
    private static final Instant FIRST = Instant.EPOCH;

    private static final Instant LAST = Instant.parse("2200-01-01T00:00:00Z");

    public Every {
      if (period.compareTo(SHORTEST) < 0 || period.compareTo(LONGEST) > 0) {
        throw FirewallException.invalid(
            "a cycle cannot last " + period + ": give a second to 10 years");
      }
      if (start.isBefore(FIRST) || start.isAfter(LAST)) {
        throw FirewallException.invalid(
            "a cycle cannot begin at " + start + ": give a time from " + FIRST + " to " + LAST);
      }
    }

    @Override
    public Span at(Instant now) {
      long number = Math.floorDiv(Duration.between(start, now).toNanos(), period.toNanos());
      Instant begin = start.plus(period.multipliedBy(number));
      return new Span(begin, begin.plus(period));
    }

    @Override
    public String text() {
      return "every," + period + "," + start;
    }
  }
}
