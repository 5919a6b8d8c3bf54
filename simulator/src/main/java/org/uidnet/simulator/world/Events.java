package org.uidnet.simulator.world;

import java.util.PriorityQueue;

/**
 * What will happen, in order of time; at the same time in the order in which it was asked for. Time
 * is nanoseconds since the world began; nothing but events moves it, so idle time costs nothing.
 *
 * <p>For the world's thread; {@link #now} for any.
 */
final class Events {
  private final PriorityQueue<Entry> queue = new PriorityQueue<>();
  private long sequence;
  private long asleepUntil;
  private boolean stop;
  private volatile long now;

  private record Entry(long time, long sequence, boolean needsProcessor, Runnable event)
      implements Comparable<Entry> {
    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  long now() {
    return now;
  }

  /** Happens also while the host sleeps. */
  void at(long time, Runnable event) {
    add(time, false, event);
  }

  /** Happens at that time, or when the host wakes up. */
  void awakeAt(long time, Runnable event) {
    add(time, true, event);
  }

  private void add(long time, boolean needsProcessor, Runnable event) {
    queue.add(new Entry(Math.max(time, now), sequence++, needsProcessor, event));
  }

  void sleepUntil(long time) {
    asleepUntil = Math.max(asleepUntil, time);
  }

  void wakeUp() {
    asleepUntil = now;
  }

  boolean isAsleep() {
    return now < asleepUntil;
  }

  /** The run ends after the present event. */
  void stop() {
    stop = true;
  }

  /** Lets everything happen up to that time and at it; false if it was stopped before. */
  boolean runUntil(long end) {
    stop = false;
    for (Entry next = queue.peek(); next != null && next.time <= end; next = queue.peek()) {
      queue.remove();
      now = next.time;
      happen(next);
      if (stop) {
        return false;
      }
    }
    now = end;
    return true;
  }

  private void happen(Entry entry) {
    if (entry.needsProcessor && isAsleep()) {
      awakeAt(asleepUntil, entry.event);
    } else {
      entry.event.run();
    }
  }
}
