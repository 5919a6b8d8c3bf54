package org.uidnet.simulator.scenario;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.uidnet.simulator.scenario.Times.Span;

/** The kinds of values that scenario files have: sizes, rates, durations, times of the week, ... */
final class Values {
  static final Value<String> TEXT = new Value<>("some text", text -> nonBlank(text));

  static final Value<Boolean> BOOLEAN =
      Value.oneOf("true or false", List.of("true", "false")).map(Boolean::valueOf);

  static final Value<Long> SIZE =
      new Value<>("a size such as 20 MB, 512 KiB or 0 B", text -> scaled(text, SizeUnits.BYTES));

  static final Value<Long> RATE =
      new Value<>(
          "a rate such as 2 MB/s or 16 Mbit/s",
          text -> scaled(text, SizeUnits.RATES).filter(rate -> rate > 0));

  static final Value<Duration> DURATION =
      new Value<>("a duration such as 45 s, 15 m or 1 h 30 m", text -> duration(text));

  static final Value<Duration> INTERVAL =
      new Value<>(
          "a duration such as 45 s, 15 m or 1 h 30 m, and not 0",
          text -> duration(text).filter(d -> !d.isZero()));

  static final Value<Duration> SIGNED_DURATION =
      new Value<>("a duration such as -3 s or 1 h", text -> signedDuration(text));

  static final Value<Double> SHARE = new Value<>("a share such as 60 %", text -> share(text));

  static final Value<ZoneId> ZONE =
      new Value<>("a time zone such as Europe/Berlin or UTC", text -> zone(text));

  static final Value<List<Span>> SPANS =
      new Value<>(
          "a time of day such as 07:00-08:30, mon-fri 07:00-08:30 or sun 23:00-06:00",
          text -> span(text));

  /** A thousand times what anybody needs, and far from what a long overflows at. */
  private static final BigDecimal MOST_BYTES = BigDecimal.valueOf(1_000_000_000_000_000L);

  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final String METERED = "metered";
  private static final List<String> CONDITIONS =
      Stream.concat(Arrays.stream(DeviceFlag.values()).map(Value::word), Stream.of(METERED))
          .toList();

  static final Value<Condition> CONDITION =
      new Value<>(
          "one of %s, or one of them after \"not\"".formatted(String.join(", ", CONDITIONS)),
          text -> condition(text));

  private static final Pattern NUMBER_AND_UNIT =
      Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([A-Za-z/]+)");
  private static final Pattern DURATION_PART = Pattern.compile("(\\d{1,9}) ?(ms|s|m|h|d)(?: |$)");
  private static final Pattern SHARE_PATTERN = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?) ?%");
  private static final Pattern SPAN_PATTERN =
      Pattern.compile("(?:([a-z]{3})(?:-([a-z]{3}))? )?(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final Map<String, Long> MILLISECONDS =
      Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  /** Bytes, or bytes a second, in one of a unit. */
  private static final class SizeUnits {
    static final Map<String, BigDecimal> BYTES =
        Map.of(
            "B", BigDecimal.ONE,
            "kB", BigDecimal.valueOf(1000),
            "MB", BigDecimal.valueOf(1_000_000),
            "GB", BigDecimal.valueOf(1_000_000_000),
            "KiB", BigDecimal.valueOf(1 << 10),
            "MiB", BigDecimal.valueOf(1 << 20),
            "GiB", BigDecimal.valueOf(1 << 30));
    static final Map<String, BigDecimal> RATES =
        Map.of(
            "B/s", BigDecimal.ONE,
            "kB/s", BigDecimal.valueOf(1000),
            "MB/s", BigDecimal.valueOf(1_000_000),
            "GB/s", BigDecimal.valueOf(1_000_000_000),
            "kbit/s", BigDecimal.valueOf(125),
            "Mbit/s", BigDecimal.valueOf(125_000),
            "Gbit/s", BigDecimal.valueOf(125_000_000));
  }

  private Values() {}

  /** A whole number. */
  static Value<Long> number(long least, long most) {
    return new Value<>(
        "a number from %d to %d".formatted(least, most),
        text ->
            text.matches("\\d{1,12}")
                ? Optional.of(Long.valueOf(text)).filter(n -> n >= least && n <= most)
                : Optional.empty());
  }

  private static Optional<String> nonBlank(String text) {
    return Optional.of(text).filter(t -> !t.isBlank());
  }

  private static Optional<Long> scaled(String text, Map<String, BigDecimal> units) {
    Matcher matcher = NUMBER_AND_UNIT.matcher(text);
    if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
      return Optional.empty();
    }
    BigDecimal unit = units.getOrDefault(matcher.group(2), BigDecimal.ONE);
    return Optional.of(new BigDecimal(matcher.group(1)).multiply(unit))
        .filter(value -> value.compareTo(MOST_BYTES) <= 0)
        .map(BigDecimal::longValue);
  }

  private static Optional<Duration> signedDuration(String text) {
    return text.startsWith("-")
        ? duration(text.substring(1).stripLeading()).map(Duration::negated)
        : duration(text);
  }

  private static Optional<Duration> duration(String text) {
    Matcher part = DURATION_PART.matcher(text);
    long milliseconds = 0;
    int end = 0;
    while (end < text.length()) {
      if (!part.find() || part.start() != end) {
        return Optional.empty();
      }
      milliseconds += Long.parseLong(part.group(1)) * MILLISECONDS.getOrDefault(part.group(2), 0L);
      end = part.end();
    }
    Optional<Duration> duration = Optional.of(Duration.ofMillis(milliseconds));
    return end == 0 ? Optional.empty() : duration.filter(d -> d.compareTo(LONGEST) <= 0);
  }

  private static Optional<Double> share(String text) {
    Matcher matcher = SHARE_PATTERN.matcher(text);
    return matcher.matches()
        ? Optional.of(Double.parseDouble(matcher.group(1)) / 100).filter(share -> share <= 1)
        : Optional.empty();
  }

  private static Optional<ZoneId> zone(String text) {
    if (text.equals("UTC")) {
      return Optional.of(ZoneOffset.UTC);
    }
    return ZoneId.getAvailableZoneIds().contains(text)
        ? Optional.of(ZoneId.of(text))
        : Optional.empty();
  }

  private static Optional<List<Span>> span(String text) {
    Matcher matcher = SPAN_PATTERN.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int from = minute(matcher.group(3), matcher.group(4));
    int to = minute(matcher.group(5), matcher.group(6));
    Set<DayOfWeek> days = days(matcher.group(1), matcher.group(2));
    boolean valid = from >= 0 && from < Times.MINUTES_OF_DAY && to >= 0 && !days.isEmpty();
    return valid ? Optional.of(List.of(new Span(days, from, to))) : Optional.empty();
  }

  /** -1 if there is no such time. */
  private static int minute(String hours, String minutes) {
    int minute = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    return Integer.parseInt(minutes) < 60 && minute <= Times.MINUTES_OF_DAY ? minute : -1;
  }

  /** Empty if a word is no day; a range may go over the weekend. */
  private static Set<DayOfWeek> days(@Nullable String first, @Nullable String last) {
    if (first == null) {
      return EnumSet.allOf(DayOfWeek.class);
    }
    int from = DAYS.indexOf(first);
    int to = last == null ? from : DAYS.indexOf(last);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    if (from >= 0 && to >= 0) {
      int length = Math.floorMod(to - from, 7) + 1;
      for (int day = 0; day < length; day++) {
        days.add(DayOfWeek.of(1 + (from + day) % 7));
      }
    }
    return days;
  }

  private static Optional<Condition> condition(String text) {
    boolean expected = !text.startsWith("not ");
    String word = expected ? text : text.substring("not ".length());
    if (!CONDITIONS.contains(word)) {
      return Optional.empty();
    }
    return Optional.of(
        new Condition(
            Arrays.stream(DeviceFlag.values()).filter(f -> Value.word(f).equals(word)).findFirst(),
            expected));
  }
}
