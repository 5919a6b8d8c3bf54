package org.uidnet.simulator.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.uidnet.simulator.scenario.Times.Span;

/** Reads when something happens: {@code at}, {@code times} and {@code every}. */
final class ScheduleReader {
  private static final int MOST_TIMES = 100_000;

  private ScheduleReader() {}

  static Schedule schedule(Item owner, Fields fields) {
    Times at = fields.get("at").map(ScheduleReader::times).orElse(Times.ALWAYS);
    Optional<Long> times = fields.get("times", Values.number(1, MOST_TIMES), 1L);
    Optional<Duration> every = fields.get("every", Values.INTERVAL, Duration.ofDays(1));
    if (times.isPresent() == every.isPresent() && fields.isReadable()) {
      owner.mistake(
          "expected either \"times\" (in each span of \"at\", or a day) or \"every\" (about how often)");
    }
    return new Schedule(at, times.orElse(1L).intValue(), every);
  }

  static Times times(Item item) {
    List<Span> spans =
        item.items().stream().flatMap(i -> i.as(Values.SPANS, List.of()).stream()).toList();
    return new Times(spans);
  }
}
