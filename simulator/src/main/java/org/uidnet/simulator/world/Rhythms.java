package org.uidnet.simulator.world;

import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.uidnet.simulator.scenario.Schedule;

/** Lets actions happen by their schedules, each by a chance of its own. */
record Rhythms(Events events, WorldClock clock, ZoneId zone, Randoms randoms) {

  /**
   * Begins one.
   *
   * @param actor whose chance it is
   * @param needsProcessor whether it waits until the host wakes up
   */
  void begin(
      String actor, Schedule schedule, boolean needsProcessor, Consumer<SplittableRandom> action) {
    SplittableRandom random = randoms.of(actor);
    Occurrences occurrences = new Occurrences(schedule, zone, random, clock.trueInstant());
    new Rhythm(occurrences, needsProcessor, () -> action.accept(random)).waitForNext();
  }

  private final class Rhythm {
    private final Occurrences occurrences;
    private final boolean needsProcessor;
    private final Runnable action;

    Rhythm(Occurrences occurrences, boolean needsProcessor, Runnable action) {
      this.occurrences = occurrences;
      this.needsProcessor = needsProcessor;
      this.action = action;
    }

    /** Those that passed meanwhile, in a suspend, are forgotten. */
    void waitForNext() {
      occurrences
          .next(clock.trueInstant())
          .map(clock::eventTime)
          .ifPresent(
              time -> {
                if (needsProcessor) {
                  events.awakeAt(time, this::happen);
                } else {
                  events.at(time, this::happen);
                }
              });
    }

    private void happen() {
      action.run();
      waitForNext();
    }
  }
}
