package org.uidnet.programs.benchmark;

import java.util.function.ToDoubleFunction;

/**
 * A limit that a figure is to keep.
 *
 * @param figure which of several it is, as in {@code p99}; may be empty
 * @param of takes that figure from what was measured
 * @param least whether it is to be reached from above: a rate, not a time
 */
public record Reach(
    String figure, ToDoubleFunction<Samples> of, double limit, String unit, boolean least) {
  private static final double NANOS_PER_MILLI = 1e6;

  public static Reach atMost(double limit, String unit) {
    return new Reach("", Samples::median, limit, unit, false);
  }

  public static Reach atLeast(double limit, String unit) {
    return new Reach("", Samples::median, limit, unit, true);
  }

  /** Of times in nanoseconds. */
  public static Reach medianMillis(double limit) {
    return new Reach("median ", times -> times.median() / NANOS_PER_MILLI, limit, " ms", false);
  }

  /** Of times in nanoseconds. */
  public static Reach p99Millis(double limit) {
    return new Reach("p99 ", times -> times.percentile(99) / NANOS_PER_MILLI, limit, " ms", false);
  }

  boolean isKept(double measured) {
    return least ? measured >= limit : measured <= limit;
  }

  @Override
  public String toString() {
    return figure + (least ? "≥ " : "≤ ") + Report.text(limit) + unit;
  }
}
