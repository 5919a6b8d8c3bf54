package org.uidnet.api;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as users write them: RFC 3339, epoch milliseconds, {@code now} and {@code -7d}. */
public final class Times {
  private static final Pattern RELATIVE = Pattern.compile("-(\\d{1,9})(s|m|h|d|w|mo|y)");
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})([smhdw])");
  private static final Pattern EPOCH_MILLIS = Pattern.compile("\\d{1,15}");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final DateTimeFormatter RFC_3339 =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private Times() {}

  /**
   * The time that {@code text} means at {@code now}. A day is 24 hours; months and years are those
   * of the UTC calendar.
   *
   * @throws IllegalArgumentException saying which forms there are
   */
  public static Instant parse(String text, Instant now) {
    try {
      return inRange(text, parseAny(text, now));
    } catch (DateTimeException | ArithmeticException e) {
      throw unreadable(text, e);
    }
  }

  /**
   * The length of {@code 90s}, {@code 5m}, {@code 2h}, {@code 1d} or {@code 1w}.
   *
   * @throws IllegalArgumentException saying which forms there are
   */
  public static Duration parseDuration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no duration; write 90s, 5m, 2h, 1d or 1w");
    }
    long amount = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("w")
        ? Duration.ofDays(7 * amount)
        : Duration.of(amount, unit(matcher.group(2)));
  }

  private static Instant parseAny(String text, Instant now) {
    if (text.equals("now")) {
      return now;
    }
    Matcher relative = RELATIVE.matcher(text);
    if (relative.matches()) {
      return before(now, Long.parseLong(relative.group(1)), relative.group(2));
    }
    return EPOCH_MILLIS.matcher(text).matches()
        ? Instant.ofEpochMilli(Long.parseLong(text))
        : Instant.from(RFC_3339.parse(text));
  }

  private static Instant before(Instant now, long amount, String unit) {
    ZonedDateTime time = now.atZone(ZoneOffset.UTC);
    return time.minus(amount, unit(unit)).toInstant();
  }

  private static ChronoUnit unit(String letter) {
    return switch (letter) {
      case "s" -> ChronoUnit.SECONDS;
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      case "w" -> ChronoUnit.WEEKS;
      case "mo" -> ChronoUnit.MONTHS;
      default -> ChronoUnit.YEARS;
    };
  }

  private static Instant inRange(String text, Instant time) {
    if (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST)) {
      throw new IllegalArgumentException("'" + text + "' is not between the years 1970 and 9999");
    }
    return time;
  }

  private static IllegalArgumentException unreadable(String text, RuntimeException cause) {
    return new IllegalArgumentException(
        "'"
            + text
            + "' is not a time; write 2026-03-01T12:00:00Z (in a URL, %2B for the + of a zone),"
            + " milliseconds since 1970, now, or -7d (units s m h d w mo y)",
        cause);
  }
}
