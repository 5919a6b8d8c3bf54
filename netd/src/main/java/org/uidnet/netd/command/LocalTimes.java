package org.uidnet.netd.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times of answers in the caller's time zone. */
final class LocalTimes {
  private static final DateTimeFormatter DAY = format("yyyy-MM-dd");
  private static final DateTimeFormatter MINUTE = format("yyyy-MM-dd HH:mm");
  private static final DateTimeFormatter SECOND = format("yyyy-MM-dd HH:mm:ss");

  private static final DateTimeFormatter TIME_OF_DAY = format("HH:mm:ss");

  private static final DateTimeFormatter MICROSECOND = format("HH:mm:ss.SSSSSS");

  private final ZoneId zone;

  LocalTimes(ZoneId zone) {
    this.zone = zone;
  }

  private static DateTimeFormatter format(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
  }

  String timeOfDay(String answer) {
    return format(answer, TIME_OF_DAY);
  }

  /** The time of day, as exact as packets are told. */
  String microsecond(String answer) {
    return format(answer, MICROSECOND);
  }

  String second(String answer) {
    return format(answer, SECOND);
  }

  String minute(String answer) {
    return format(answer, MINUTE);
  }

  /** The day alone where it begins then in this zone. */
  String dayOrMinute(String answer) {
    return startsDay(answer) ? format(answer, DAY) : format(answer, MINUTE);
  }

  ZoneId zone() {
    return zone;
  }

  private boolean startsDay(String answer) {
    try {
      return Instant.parse(answer).atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** What is no time is shown as it came. */
  private String format(String answer, DateTimeFormatter format) {
    try {
      return format.format(ZonedDateTime.ofInstant(Instant.parse(answer), zone));
    } catch (DateTimeException e) {
      return answer;
    }
  }
}
