package org.uidnet.api;

import java.util.HashMap;
import java.util.Map;

/**
 * Requests that are being answered, each of which keeps a thread: who reads or sends slowly keeps
 * it for long. Ordinary callers have some each, and some together, so that there are always threads
 * for admins. Thread-safe.
 */
final class Places {
  private final int each;
  private final int together;

  /** Guarded by the lock, as below. */
  private final Map<Object, Integer> taken = new HashMap<>();

  private int all;

  Places(int each, int together) {
    this.each = each;
    this.together = together;
  }

  /** One that is taken, until it is closed. */
  interface Place extends AutoCloseable {
    @Override
    void close();

    /** The same answer, which closes it when it is sent, or goes on without a thread. */
    default Answer closedAfter(Answer answer) {
      return (request, response, callback) -> {
        try {
          answer.send(request, response, callback);
        } finally {
          close();
        }
      };
    }
  }

  /**
   * Takes one.
   *
   * @throws Refusal 429
   */
  Place take(Caller caller) {
    if (caller.isUnlimited()) {
      return () -> {};
    }
    if (!tryTake(caller.key())) {
      throw Refusal.of(
          ProblemType.TOO_MANY,
          "Too many requests are being answered at once; wait for some.",
          Map.of("Retry-After", "1"));
    }
    return () -> give(caller.key());
  }

  private synchronized boolean tryTake(Object key) {
    if (all >= together || taken.getOrDefault(key, 0) >= each) {
      return false;
    }
    all++;
    taken.merge(key, 1, Integer::sum);
    return true;
  }

  private synchronized void give(Object key) {
    all--;
    taken.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
  }
}
