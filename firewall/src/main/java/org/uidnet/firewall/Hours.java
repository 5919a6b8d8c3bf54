package org.uidnet.firewall;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A span of each day, on some days of the week, by the clock on the wall: an hour that a time zone
 * repeats belongs to it twice, one that it leaves out not at all. A value, and pure.
 *
 * @param days on which it begins
 * @param from the first moment of it
 * @param to the first moment after it; of the next day where that is not later than {@code from}
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to) {
  public Hours {
    EnumSet<DayOfWeek> ordered = EnumSet.noneOf(DayOfWeek.class);
    ordered.addAll(days);
    days = Collections.unmodifiableSet(ordered);
  }

  boolean contains(Instant now, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(now, zone);
    boolean begun = !local.toLocalTime().isBefore(from);
    boolean ended = !local.toLocalTime().isBefore(to);
    boolean today = begun && !(ended && isWithinADay());
    boolean sinceYesterday = !ended && !isWithinADay();
    return (today && days.contains(local.getDayOfWeek()))
        || (sinceYesterday && days.contains(local.getDayOfWeek().minus(1)));
  }

  private boolean isWithinADay() {
    return from.isBefore(to);
  }

  /** No later than when it next begins or ends. */
  Instant nextLook(Instant now, ZoneId zone) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    Stream<Instant> edges =
        Stream.of(today, today.plusDays(1), today.plusDays(2))
            .flatMap(day -> Stream.of(day.atTime(from), day.atTime(to)))
            .flatMap(edge -> instants(edge, zone));
    Stream<Instant> shifts =
        Optional.ofNullable(zone.getRules().nextTransition(now))
            .map(ZoneOffsetTransition::getInstant)
            .stream();
    return Stream.concat(edges, shifts)
        .filter(now::isBefore)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  /** Two in an hour that is repeated; in one that is left out, its end or later. */
  private static Stream<Instant> instants(LocalDateTime edge, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(edge);
    return offsets.isEmpty()
        ? Stream.of(edge.atZone(zone).toInstant())
        : offsets.stream().map(edge::toInstant);
  }
}
