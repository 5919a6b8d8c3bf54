package org.uidnet.netd.command;

import java.time.Duration;

/** How far long work is: a bar with the time left on a terminal, elsewhere a line now and then. */
final class ProgressBar {
  private static final int COLUMNS = 30;
  private static final int PERCENT = 100;
  private static final int LINE_EACH = 25;
  private static final long REDRAW_NANOS = 100_000_000;
  private static final String CLEAR_LINE = "\u001b[K";

  private final Context context;
  private final String what;
  private final long start = System.nanoTime();
  private long drawn;
  private long percentShown = -1;

  ProgressBar(String what, Context context) {
    this.what = what;
    this.context = context;
  }

  void show(Duration done, Duration all) {
    long now = System.nanoTime();
    double part = Math.min(1, (double) done.toMillis() / Math.max(1, all.toMillis()));
    if (!context.terminal()) {
      showLine((long) (PERCENT * part));
    } else if (now - drawn > REDRAW_NANOS) {
      drawn = now;
      context.out().print("\r" + line(part, now - start) + CLEAR_LINE);
      context.out().flush();
    }
  }

  private void showLine(long percent) {
    long step = percent / LINE_EACH * LINE_EACH;
    if (step > percentShown) {
      percentShown = step;
      context.out().println(what + ": " + step + " %");
      context.out().flush();
    }
  }

  private String line(double part, long nanos) {
    return "%s  %s %3d %%  %s"
        .formatted(
            what,
            Text.padRight(Bars.bar(Math.round(PERCENT * part), PERCENT, COLUMNS), COLUMNS),
            Math.round(PERCENT * part),
            left(part, nanos));
  }

  /** After a moment, when it can be told. */
  private static String left(double part, long nanos) {
    return part < 0.02 || nanos < 500_000_000
        ? ""
        : Math.round(nanos / 1e9 * (1 - part) / part) + " s left";
  }

  /** Leaves an empty line for what comes next. */
  void end() {
    if (context.terminal()) {
      context.out().print("\r" + CLEAR_LINE);
      context.out().flush();
    }
  }
}
