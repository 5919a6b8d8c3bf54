package org.uidnet.simulator.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The device's wall clock: true time, and how wrong it is. For any thread. */
final class WorldClock extends Clock {
  private final Instant start;
  private final Events events;
  private final ZoneId zone;
  private final AtomicReference<Duration> wrong;

  WorldClock(Instant start, Events events, ZoneId zone) {
    this(start, events, zone, new AtomicReference<>(Duration.ZERO));
  }

  private WorldClock(Instant start, Events events, ZoneId zone, AtomicReference<Duration> wrong) {
    this.start = start;
    this.events = events;
    this.zone = zone;
    this.wrong = wrong;
  }

  void jump(Duration by) {
    wrong.updateAndGet(present -> present.plus(by));
  }

  /** What only those know who are not on the device. */
  Instant trueInstant() {
    return start.plusNanos(events.now());
  }

  /** When that moment comes, in the time of events. */
  long eventTime(Instant moment) {
    return start.until(moment, ChronoUnit.NANOS);
  }

  @Override
  public Instant instant() {
    return trueInstant().plus(wrong.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new WorldClock(start, events, other, wrong);
  }
}
