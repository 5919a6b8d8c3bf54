package org.uidnet.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.uidnet.api.model.Gap;

/**
 * What waits for a client. Full, it drops the oldest, and a gap in its place says how many. Not
 * thread-safe.
 */
final class Backlog {
  private final int capacity;
  private final Deque<StreamEvent> waiting = new ArrayDeque<>();
  private long dropped;

  Backlog(int capacity) {
    this.capacity = capacity;
  }

  void add(StreamEvent event) {
    if (waiting.size() == capacity) {
      waiting.remove();
      dropped++;
    }
    waiting.add(event);
  }

  /** Takes out what comes next, at most so many. */
  List<StreamEvent> take(int most) {
    List<StreamEvent> taken = new ArrayList<>();
    if (dropped > 0) {
      taken.add(StreamEvent.gap(Gap.of(Gap.Cause.SLOW_CLIENT, dropped)));
      dropped = 0;
    }
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && dropped == 0;
  }

  void clear() {
    waiting.clear();
    dropped = 0;
  }
}
