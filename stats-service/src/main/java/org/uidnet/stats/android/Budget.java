package org.uidnet.stats.android;

/**
 * How much memory may still be taken by what is read. Counts the larger things only, roughly: a
 * hostile file must not take many times what an honest one does.
 */
final class Budget {
  static final int PER_BUCKET = 150;
  static final int PER_KEY = 150;
  static final int PER_IDENTITY = 150;

  /** Eight times the largest recording that we know; the daemon has 64 MiB in all. */
  private static final long BYTES = 20L << 20;

  private long left = BYTES;

  /** Refuses what was read last if there is no room for it. */
  void take(long bytes, RecordingInput in) {
    left -= bytes;
    if (left < 0) {
      throw in.fault(
          in.offset(), "a recording that fits into " + (BYTES >> 20) + " MiB of memory", "more");
    }
  }
}
