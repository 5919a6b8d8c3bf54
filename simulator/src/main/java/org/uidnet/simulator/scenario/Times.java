package org.uidnet.simulator.scenario;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Spans of the week in local time, such as {@code mon-fri 07:00-08:30}. */
public record Times(List<Span> spans) {
  public static final int MINUTES_OF_DAY = 24 * 60;

  public static final Times ALWAYS =
      new Times(List.of(new Span(EnumSet.allOf(DayOfWeek.class), 0, MINUTES_OF_DAY)));

  public static final Times NEVER = new Times(List.of());

  public Times {
    spans = List.copyOf(spans);
  }

  /**
   * One span, on each of its days.
   *
   * @param from minute of the day
   * @param to minute of the day; not after {@code from}: of the next day
   */
  public record Span(Set<DayOfWeek> days, int from, int to) {
    public Span {
      days = Set.copyOf(days);
    }

    /** As it falls on a date; empty on other days of the week, or where summer time skips it. */
    Optional<Window> on(LocalDate date, ZoneId zone) {
      if (!days.contains(date.getDayOfWeek())) {
        return Optional.empty();
      }
      Instant start = instant(date, from, zone);
      Instant end = instant(to > from ? date : date.plusDays(1), to, zone);
      return Optional.of(new Window(start, end)).filter(window -> start.isBefore(end));
    }

    private static Instant instant(LocalDate date, int minute, ZoneId zone) {
      LocalDate day = date.plusDays(minute / MINUTES_OF_DAY);
      LocalTime time = LocalTime.MIDNIGHT.plusMinutes(minute);
      return day.atTime(time).atZone(zone).toInstant();
    }
  }

  /** A span on a certain date. */
  public record Window(Instant from, Instant to) {
    public boolean contains(Instant instant) {
      return !instant.isBefore(from) && instant.isBefore(to);
    }
  }

  /** Those that begin on the date, in order. */
  public List<Window> on(LocalDate date, ZoneId zone) {
    return spans.stream()
        .flatMap(span -> span.on(date, zone).stream())
        .sorted(Comparator.comparing(Window::from))
        .toList();
  }

  /** The window that contains the moment, or else the next one; empty if there will be none. */
  public Optional<Window> atOrAfter(Instant moment, ZoneId zone) {
    LocalDate first = moment.atZone(zone).toLocalDate().minusDays(1);
    // Eight days hold each day of the week, one more is for the window of the day before, and one
    // for a summer-time change that swallows a window.
    for (int day = 0; day <= 9; day++) {
      for (Window window : on(first.plusDays(day), zone)) {
        if (moment.isBefore(window.to())) {
          return Optional.of(window);
        }
      }
    }
    return Optional.empty();
  }

  public boolean contains(Instant moment, ZoneId zone) {
    return atOrAfter(moment, zone).filter(window -> window.contains(moment)).isPresent();
  }

  /** When {@link #contains} may change next. */
  public Optional<Instant> nextChange(Instant moment, ZoneId zone) {
    return atOrAfter(moment, zone)
        .map(window -> window.contains(moment) ? window.to() : window.from());
  }
}
