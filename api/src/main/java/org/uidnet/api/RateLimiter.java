package org.uidnet.api;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens per key; each request takes one. Thread-safe: one lock, held for nanoseconds.
 *
 * <p>Buckets that are full again mean nothing and are dropped once there are many.
 */
final class RateLimiter {
  private static final int MANY = 1024;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final LongSupplier nanoTime;
  private final Map<Object, Bucket> buckets = new HashMap<>();

  RateLimiter(int perSecond, int burst, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.burst = burst;
    this.nanoTime = nanoTime;
  }

  private record Bucket(double tokens, long nanos) {}

  /** Takes a token; false if there is none. */
  synchronized boolean tryTake(Object key) {
    long now = nanoTime.getAsLong();
    Bucket bucket = buckets.get(key);
    double tokens = bucket == null ? burst : tokens(bucket, now);
    if (tokens < 1) {
      return false;
    }
    dropFull(now);
    buckets.put(key, new Bucket(tokens - 1, now));
    return true;
  }

  /** For tests. */
  synchronized int size() {
    return buckets.size();
  }

  private double tokens(Bucket bucket, long now) {
    return Math.min(burst, bucket.tokens + (now - bucket.nanos) / NANOS * perSecond);
  }

  private void dropFull(long now) {
    if (buckets.size() < MANY) {
      return;
    }
    for (Iterator<Bucket> all = buckets.values().iterator(); all.hasNext(); ) {
      if (tokens(all.next(), now) >= burst) {
        all.remove();
      }
    }
  }
}
