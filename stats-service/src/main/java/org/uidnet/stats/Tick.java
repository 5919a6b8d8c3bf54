package org.uidnet.stats;

import java.time.Instant;

/**
 * Five-minute periods since 1970: the finest bucket, and the unit that begins and ends of all
 * coarser buckets are told in. An {@code int} of them lasts for 20,000 years.
 */
final class Tick {
  static final long MILLIS = 300_000;

  private Tick() {}

  /** The period that holds the instant. */
  static int of(long millis) {
    return Math.toIntExact(Math.floorDiv(millis, MILLIS));
  }

  /** The first period that begins at the instant or later. */
  static int ceil(long millis) {
    return -of(-millis);
  }

  static long millis(int tick) {
    return tick * MILLIS;
  }

  static Instant instant(int tick) {
    return Instant.ofEpochMilli(millis(tick));
  }

  /** Row id of a bucket and a series or interface: the bucket comes first. */
  static long row(int tick, int id) {
    return (long) tick << 32 | id;
  }

  static int tickOf(long row) {
    return (int) (row >> 32);
  }

  static int idOf(long row) {
    return (int) row;
  }
}
