package org.uidnet.stats;

import java.util.Optional;
import org.uidnet.stats.Tiers.Span;

/**
 * Where a sink is in history, in ticks.
 *
 * @param next the first bucket that it does not have
 * @param handed after the last bucket that it was given to store, whether or not it has
 * @param lost what was deleted last before it had it
 */
record ExportCursor(int next, int handed, Optional<Span> lost) {

  /** Of a sink that has nothing yet. */
  static ExportCursor at(int first) {
    return new ExportCursor(first, first, Optional.empty());
  }

  /** When buckets up to {@code complete} are given out, and those before the floor are gone. */
  ExportCursor handOut(int floor, int complete) {
    ExportCursor kept =
        next < floor ? new ExportCursor(floor, floor, Optional.of(lose(floor))) : this;
    return new ExportCursor(kept.next, Math.max(kept.next, complete), kept.lost);
  }

  /** A sink that is away for longer loses one period, not many. */
  private Span lose(int floor) {
    int from = lost.filter(span -> span.end() == next).map(Span::start).orElse(next);
    return new Span(from, floor);
  }

  /** When the sink has all before {@code after} but what came late for it meanwhile. */
  ExportCursor sent(int after) {
    return new ExportCursor(Math.max(next, Math.min(after, handed)), handed, lost);
  }
}
