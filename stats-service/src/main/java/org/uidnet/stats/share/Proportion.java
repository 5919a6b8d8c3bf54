package org.uidnet.stats.share;

import java.math.BigInteger;

/** Exact proportions of whole numbers. */
public final class Proportion {
  private Proportion() {}

  /**
   * {@code floor(value * numerator / denominator)}, which never overflows for a part of a whole.
   *
   * @throws ArithmeticException if the denominator is 0
   */
  public static long floor(long value, long numerator, long denominator) {
    long rest = Math.floorMod(value, denominator);
    return Math.floorDiv(value, denominator) * numerator
        + floorOfSmall(rest, numerator, denominator);
  }

  private static long floorOfSmall(long rest, long numerator, long denominator) {
    long product = rest * numerator;
    if (Math.multiplyHigh(rest, numerator) == 0 && product >= 0) {
      return product / denominator;
    }
    return BigInteger.valueOf(rest)
        .multiply(BigInteger.valueOf(numerator))
        .divide(BigInteger.valueOf(denominator))
        .longValueExact();
  }
}
