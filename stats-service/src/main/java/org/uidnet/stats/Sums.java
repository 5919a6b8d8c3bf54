package org.uidnet.stats;

import java.util.Arrays;
import org.uidnet.programs.Traffic;

/** Traffic by group. */
final class Sums {
  private long[] values = {};

  void add(int[] groups, long[] traffic) {
    for (int group : groups) {
      add(group, traffic);
    }
  }

  private void add(int group, long[] traffic) {
    int at = group * Values.TRAFFIC;
    if (at >= values.length) {
      values = Arrays.copyOf(values, Math.max(at + Values.TRAFFIC, values.length * 2));
    }
    for (int i = 0; i < Values.TRAFFIC; i++) {
      values[at + i] += traffic[i];
    }
  }

  /** How many groups may have something. */
  int groups() {
    return values.length / Values.TRAFFIC;
  }

  Traffic get(int group) {
    return Values.traffic(values, group * Values.TRAFFIC);
  }
}
