package org.uidnet.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.uidnet.stats.Host;

/**
 * Events with growing numbers, the latest of which are kept for subscribers that come back.
 *
 * <p>Thread-safe: one lock, under which subscribers are told, so that all see one order; they must
 * not wait.
 */
final class Feed<T> {
  private final int most;
  private final ToIntFunction<T> weight;
  private final Host.Elapsed elapsed;
  private final Deque<Item<T>> kept = new ArrayDeque<>();
  private final Set<Subscriber<T>> subscribers = new LinkedHashSet<>();
  private int keptWeight;
  private long last;

  /** The latest that is not kept, or what may have been one before we began. */
  private long forgotten;

  /** All weigh the same. */
  Feed(int most, Host.Elapsed elapsed) {
    this(most, value -> 1, elapsed);
  }

  /**
   * Nothing has happened yet.
   *
   * @param most of the weight of events that are kept together
   * @param weight of one, at least 1
   * @param elapsed time since boot: numbers grow with it, also from one daemon to the next
   */
  Feed(int most, ToIntFunction<T> weight, Host.Elapsed elapsed) {
    this.most = most;
    this.weight = weight;
    this.elapsed = elapsed;
    last = elapsed.nanos();
    forgotten = last;
  }

  /** One event. */
  record Item<T>(long number, T value) {}

  /** Told of each event. */
  interface Subscriber<T> {
    void event(Item<T> item);

    /** What lies between its last event and the next is not kept. */
    void gap();
  }

  synchronized void publish(T value) {
    last = Math.max(last + 1, elapsed.nanos());
    Item<T> item = new Item<>(last, value);
    keep(item);
    subscribers.forEach(subscriber -> subscriber.event(item));
  }

  private void keep(Item<T> item) {
    kept.add(item);
    keptWeight += weight.applyAsInt(item.value());
    while (keptWeight > most) {
      Item<T> oldest = kept.remove();
      keptWeight -= weight.applyAsInt(oldest.value());
      forgotten = oldest.number();
    }
  }

  /**
   * From now on it is told; and at once of what has come since.
   *
   * @param since number of the last event that it knows; empty: it is new
   */
  synchronized void subscribe(Subscriber<T> subscriber, Optional<Long> since) {
    since.ifPresent(number -> catchUp(subscriber, number));
    subscribers.add(subscriber);
  }

  private void catchUp(Subscriber<T> subscriber, long since) {
    if (since < forgotten) {
      subscriber.gap();
    }
    kept.stream().filter(item -> item.number() > since).forEach(subscriber::event);
  }

  synchronized void unsubscribe(Subscriber<T> subscriber) {
    subscribers.remove(subscriber);
  }

  synchronized boolean isHeard() {
    return !subscribers.isEmpty();
  }
}
