package org.uidnet.api;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.uidnet.stats.CounterSet;
import org.uidnet.stats.Dimension;
import org.uidnet.stats.Resolution;
import org.uidnet.stats.UsageFilter;

/** Reads the parameters of questions about usage. */
final class UsageParameters {
  private static final Duration DEFAULT_RANGE = Duration.ofHours(24);
  private static final int MAX_NAME = 128;
  private static final long MAX_TAG = 0xffff_ffffL;

  private UsageParameters() {}

  /** A half-open time. */
  record Range(Instant from, Instant to) {}

  /** {@code from} and {@code to}; the last 24 hours where they are not given. */
  static Range range(Call call) {
    Instant to = time(call, "to").orElse(call.now());
    Instant from = time(call, "from").orElseGet(() -> dayBefore(to));
    if (from.isAfter(to)) {
      throw Refusal.badField("from", "'from' (" + from + ") is after 'to' (" + to + ").");
    }
    return new Range(from, to);
  }

  static UsageFilter filter(Call call) {
    UidSelection uids = UidSelection.of(call.query(), call.caller());
    return new UsageFilter(
        uids.ranges(),
        uids.removed(),
        call.query().one("set").map(UsageParameters::set),
        call.query().one("tag").map(UsageParameters::tag),
        call.query().one("iface").map(UsageParameters::iface),
        NetworkParameters.template(call.query()));
  }

  /** The dimensions to group by, all of which must be {@code allowed}. */
  static Set<Dimension> by(Call call, Set<Dimension> otherwise, Set<Dimension> allowed) {
    List<String> names = call.query().list("by");
    if (names.isEmpty()) {
      return otherwise;
    }
    Set<Dimension> by = EnumSet.noneOf(Dimension.class);
    for (String name : names) {
      by.add(oneOf("by", name, allowed, UsageParameters::lowerCase));
    }
    return by;
  }

  static Resolution resolution(Call call) {
    return call.query()
        .one("resolution")
        .map(text -> oneOf("resolution", text, Set.of(Resolution.values()), Resolution::label))
        .orElse(Resolution.HOUR);
  }

  private static Instant dayBefore(Instant to) {
    Instant from = to.minus(DEFAULT_RANGE);
    return from.isBefore(Instant.EPOCH) ? Instant.EPOCH : from;
  }

  private static Optional<Instant> time(Call call, String name) {
    return call.query().one(name).map(text -> time(name, text, call.now()));
  }

  static Instant time(String name, String text, Instant now) {
    try {
      return Times.parse(text, now);
    } catch (IllegalArgumentException e) {
      throw Refusal.badField(name, e.getMessage() + ".");
    }
  }

  private static CounterSet set(String text) {
    return oneOf("set", text.toUpperCase(Locale.ROOT), Set.of(CounterSet.values()), Enum::name);
  }

  private static long tag(String text) {
    try {
      long tag = Long.decode(text);
      if (0 <= tag && tag <= MAX_TAG) {
        return tag;
      }
    } catch (NumberFormatException e) {
      // Refused below, as are numbers out of range.
    }
    throw Refusal.badField("tag", "'" + text + "' is no tag; write 0 to 4294967295 or 0x1234.");
  }

  static String iface(String text) {
    if (text.length() > MAX_NAME) {
      throw Refusal.badField("iface", "No interface has a name of " + text.length() + " letters.");
    }
    return text;
  }

  static boolean flag(String name, String text) {
    return oneOf(name, text, Set.of(true, false), String::valueOf);
  }

  static <T> T oneOf(String field, String text, Set<T> values, Function<T, String> name) {
    for (T value : values) {
      if (name.apply(value).equals(text)) {
        return value;
      }
    }
    String choice = values.stream().map(name).sorted().collect(Collectors.joining(", "));
    throw Refusal.badField(field, "'" + text + "' is not one of " + choice + ".");
  }

  private static String lowerCase(Dimension dimension) {
    return dimension.name().toLowerCase(Locale.ROOT);
  }
}
