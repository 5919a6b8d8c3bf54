package org.uidnet.netd.benchmark;

import java.util.Arrays;
import java.util.Locale;

/** What a benchmark tells of how long something took, many times. */
final class Times {
  static final String HEAD = "  %-38s %6s %6s %6s".formatted("ms", "p50", "p99", "max");

  private Times() {}

  static String line(String what, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "  %-38s %6.2f %6.2f %6.2f",
        what,
        sorted[sorted.length / 2] / 1e6,
        sorted[sorted.length * 99 / 100] / 1e6,
        sorted[sorted.length - 1] / 1e6);
  }
}
