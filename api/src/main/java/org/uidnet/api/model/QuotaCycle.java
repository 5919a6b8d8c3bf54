package org.uidnet.api.model;

import java.util.Optional;
import org.uidnet.firewall.Cycle;

/**
 * When a quota's use counts anew: {@code day} and {@code timeZone}, or {@code start} and {@code
 * period}.
 *
 * @param day of the month, at midnight; where a month has no such day, when it ends
 * @param timeZone {@code Europe/Berlin}; UTC if absent
 * @param start of one of the cycles
 * @param period an ISO 8601 duration of days or less, {@code P7D}, {@code PT6H}
 */
public record QuotaCycle(
    Optional<Integer> day,
    Optional<String> timeZone,
    Optional<String> start,
    Optional<String> period) {
  public static QuotaCycle monthly(int day, String timeZone) {
    return new QuotaCycle(
        Optional.of(day), Optional.of(timeZone), Optional.empty(), Optional.empty());
  }

  public static QuotaCycle every(String period, String start) {
    return new QuotaCycle(
        Optional.empty(), Optional.empty(), Optional.of(start), Optional.of(period));
  }

  static QuotaCycle of(Cycle cycle) {
    return cycle instanceof Cycle.Monthly monthly
        ? monthly(monthly.day(), monthly.zone().getId())
        : of((Cycle.Every) cycle);
  }

  private static QuotaCycle of(Cycle.Every every) {
    return every(every.period().toString(), every.start().toString());
  }
}
