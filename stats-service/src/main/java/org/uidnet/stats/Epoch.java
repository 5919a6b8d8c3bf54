package org.uidnet.stats;

import org.uidnet.programs.layout.Control;

/**
 * One set of counters in one boot, and how far it is stored.
 *
 * @param id its row, 0 while nothing of it is stored
 * @param attached when counting began, in milliseconds
 * @param asOf when it was last stored, in milliseconds
 * @param asOfElapsed the same in nanoseconds since boot
 */
record Epoch(int boot, int id, boolean stored, long attached, long asOf, long asOfElapsed) {
  /** How far the wall clock may drift from the elapsed time before that counts as a jump. */
  private static final long TOLERANCE_MILLIS = 2_000;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /** Of which nothing is stored, as far as is known. */
  static Epoch unstored(int boot, int id, Control control) {
    return new Epoch(boot, id, false, control.attachedAt() / NANOS_PER_MILLI, 0, 0);
  }

  Epoch at(long now, long elapsed) {
    return new Epoch(boot, id, true, attached, now, elapsed);
  }

  /**
   * Since when the present counters have grown. Told by the elapsed time, so that a jump of the
   * clock makes no interval negative or giant.
   */
  long from(long now, long elapsed) {
    return stored ? fromLastRound(now, elapsed) : fromAttach(now, elapsed);
  }

  private long fromLastRound(long now, long elapsed) {
    long passed = Math.max(0, (elapsed - asOfElapsed) / NANOS_PER_MILLI);
    long drift = Math.abs(now - passed - asOf);
    return drift <= TOLERANCE_MILLIS && asOf <= now ? asOf : now - passed;
  }

  private long fromAttach(long now, long elapsed) {
    long boot = now - elapsed / NANOS_PER_MILLI;
    return attached < boot - TOLERANCE_MILLIS || attached > now ? boot : attached;
  }
}
