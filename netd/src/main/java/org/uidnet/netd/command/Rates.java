package org.uidnet.netd.command;

import static java.util.Comparator.comparingDouble;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.toMap;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.uidnet.netd.command.Line.Amounts;

/** What flows per second: the difference of two samples of cumulative counters. */
final class Rates {
  private static final double NANOS = 1e9;
  private static final Comparator<Rate> BUSIEST_FIRST =
      comparingDouble((Rate rate) -> rate.down() + rate.up())
          .thenComparing(comparingLong(rate -> rate.line().amounts().bytes()))
          .reversed();

  private Rates() {}

  /**
   * Counters at one moment.
   *
   * @param nanos of a clock that only runs forward
   */
  record Sample(List<Line> lines, long nanos) {}

  /** One line's bytes per second. */
  record Rate(Line line, double down, double up) {}

  private record Key(Optional<String> kind, Optional<String> uid) {
    static Key of(Line line) {
      return new Key(line.text("kind"), line.text("uid"));
    }
  }

  /** The busiest first; among idle ones those with the most bytes so far. */
  static List<Rate> between(Sample before, Sample now) {
    Map<Key, Amounts> old =
        before.lines().stream().collect(toMap(Key::of, Line::amounts, (first, second) -> first));
    double seconds = (now.nanos() - before.nanos()) / NANOS;
    Amounts none = new Amounts(0, 0, 0, 0);
    return now.lines().stream()
        .map(line -> rate(line, old.getOrDefault(Key.of(line), none), seconds))
        .sorted(BUSIEST_FIRST)
        .toList();
  }

  private static Rate rate(Line line, Amounts before, double seconds) {
    return new Rate(
        line,
        perSecond(line.amounts().rxBytes() - before.rxBytes(), seconds),
        perSecond(line.amounts().txBytes() - before.txBytes(), seconds));
  }

  /**
   * A counter that fell belongs to a new epoch or to a UID that was removed: nothing flowed back.
   */
  private static double perSecond(long bytes, double seconds) {
    return seconds <= 0 ? 0 : Math.max(0, bytes) / seconds;
  }
}
