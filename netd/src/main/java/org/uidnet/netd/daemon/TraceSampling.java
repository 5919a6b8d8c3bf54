package org.uidnet.netd.daemon;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many packets a traced one stands for: what the programs sampled by when it passed, which they
 * may not do any more when it is read. Packets that pass at the moment of a change, one a CPU, may
 * be taken for others. Thread-safe.
 */
final class TraceSampling {
  /** While no packet passes nothing is forgotten by itself. */
  private static final int MOST = 64;

  private final Deque<Change> changes = new ArrayDeque<>();

  TraceSampling() {
    changes.add(new Change(0, 1));
  }

  private record Change(long time, int every) {}

  /**
   * From now on.
   *
   * @param time nanoseconds since boot
   * @param every one of so many packets is traced; 0: none
   */
  synchronized void changed(long time, int every) {
    if (every > 0) { // after the end nothing passes, and what still comes was sampled before
      changes.add(new Change(time, every));
    }
    if (changes.size() > MOST) {
      changes.remove();
    }
  }

  /** Packets come in the order of their times, more or less. */
  synchronized int at(long time) {
    Change now = changes.remove();
    while (!changes.isEmpty() && changes.peek().time() <= time) {
      now = changes.remove();
    }
    changes.addFirst(now);
    return now.every();
  }
}
