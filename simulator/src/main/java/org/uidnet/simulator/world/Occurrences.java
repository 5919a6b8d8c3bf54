package org.uidnet.simulator.world;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import org.uidnet.simulator.scenario.Schedule;
import org.uidnet.simulator.scenario.Times.Window;

/** The moments that chance makes of a schedule, one after the other. */
final class Occurrences {
  private final Schedule schedule;
  private final ZoneId zone;
  private final SplittableRandom random;
  private final Queue<Instant> drawn = new PriorityQueue<>(1);
  private LocalDate date;
  private Instant last;

  Occurrences(Schedule schedule, ZoneId zone, SplittableRandom random, Instant start) {
    this.schedule = schedule;
    this.zone = zone;
    this.random = random;
    // The windows of the day before may reach into this one.
    date = start.atZone(zone).toLocalDate().minusDays(1);
    last = schedule.every().map(every -> start.minus(within(every))).orElse(start);
  }

  /** The next one after the last one and after that moment; empty if there is none. */
  Optional<Instant> next(Instant after) {
    return schedule.every().isPresent()
        ? nextAfterInterval(after, schedule.every().get())
        : nextDrawn(after);
  }

  private Optional<Instant> nextAfterInterval(Instant after, Duration every) {
    do {
      last = last.plusNanos(Math.max(1, Randoms.about(every.toNanos(), random)));
    } while (!last.isAfter(after));
    Optional<Window> window = schedule.at().atOrAfter(last, zone);
    window.filter(w -> !w.contains(last)).ifPresent(w -> last = within(w, every));
    return window.map(w -> last);
  }

  /** As if the rhythm had gone on unseen before the window. */
  private Instant within(Window window, Duration every) {
    Duration length = Duration.between(window.from(), window.to());
    return window.from().plus(within(length.compareTo(every) < 0 ? length : every));
  }

  private Duration within(Duration length) {
    return Duration.ofNanos((long) (length.toNanos() * random.nextDouble()));
  }

  private Optional<Instant> nextDrawn(Instant after) {
    for (int emptyDays = 0; emptyDays <= 9; ) {
      Instant next = drawn.poll();
      if (next == null) {
        emptyDays = drawDay() ? 0 : emptyDays + 1;
      } else if (next.isAfter(after)) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** False if no window begins on that day. */
  private boolean drawDay() {
    var windows = schedule.at().on(date, zone);
    for (Window window : windows) {
      for (int i = 0; i < schedule.times(); i++) {
        drawn.add(window.from().plus(within(Duration.between(window.from(), window.to()))));
      }
    }
    date = date.plusDays(1);
    return !windows.isEmpty();
  }
}
