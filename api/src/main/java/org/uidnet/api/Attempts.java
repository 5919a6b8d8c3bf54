package org.uidnet.api;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What was tried over TCP without leave, in the log: the first of a kind at once, then a line a
 * minute that counts the others. Never what was brought. Thread-safe.
 */
final class Attempts {
  private static final long BETWEEN_LINES_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final Consumer<String> log;
  private final Map<Kind, Line> last = new EnumMap<>(Kind.class);

  Attempts(LongSupplier nanoTime, Consumer<String> log) {
    this.nanoTime = nanoTime;
    this.log = log;
  }

  /** What was wrong. */
  enum Kind {
    WRONG_TOKEN("a token that is not valid, or no longer"),
    WRONG_CODE("a login with a code that is not valid, or no longer"),
    FOREIGN_HOST("a request under a name that is not ours, as of a page whose name was rebound"),
    FOREIGN_ORIGIN("a request of another site's page");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /**
   * The last line of a kind.
   *
   * @param unsaid attempts since
   */
  private record Line(long nanos, long unsaid) {}

  synchronized void note(Kind kind) {
    long now = nanoTime.getAsLong();
    Line line = last.get(kind);
    if (line != null && now - line.nanos() < BETWEEN_LINES_NANOS) {
      last.put(kind, new Line(line.nanos(), line.unsaid() + 1));
      return;
    }
    long unsaid = line == null ? 0 : line.unsaid();
    log.accept(
        "refused over TCP: " + kind.text + (unsaid == 0 ? "" : ", after " + unsaid + " more"));
    last.put(kind, new Line(now, 0));
  }
}
