package org.uidnet.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.uidnet.api.model.Gap;

/**
 * What waits for a client. Full, it drops the oldest, and a gap says how many. Gaps are never
 * dropped: they are added up, and come before what waits. Not thread-safe.
 */
final class Backlog {
  private final int capacity;
  private final Deque<StreamEvent> waiting = new ArrayDeque<>();
  private final Map<Gap.Cause, Gap> gaps = new EnumMap<>(Gap.Cause.class);

  Backlog(int capacity) {
    this.capacity = capacity;
  }

  void add(StreamEvent event) {
    if (waiting.size() == capacity) {
      waiting.remove();
      add(Gap.of(Gap.Cause.SLOW_CLIENT, 1));
    }
    waiting.add(event);
  }

  void add(Gap gap) {
    gaps.merge(gap.cause(), gap, Gap::plus);
  }

  /** Takes out gaps and what comes next, at most so many but for gaps. */
  List<StreamEvent> take(int most) {
    List<StreamEvent> taken = new ArrayList<>();
    gaps.values().forEach(gap -> taken.add(StreamEvent.of(gap)));
    gaps.clear();
    while (taken.size() < most && !waiting.isEmpty()) {
      taken.add(waiting.remove());
    }
    return taken;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && gaps.isEmpty();
  }

  void clear() {
    waiting.clear();
    gaps.clear();
  }
}
