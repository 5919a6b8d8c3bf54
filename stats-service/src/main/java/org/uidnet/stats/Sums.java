package org.uidnet.stats;

import java.util.Arrays;
import org.uidnet.programs.Traffic;

/** Usage by group. */
final class Sums {
  private long[] values = {};

  void add(int[] groups, long[] usage) {
    for (int group : groups) {
      add(group, usage);
    }
  }

  private void add(int group, long[] usage) {
    int at = group * Values.USAGE;
    if (at >= values.length) {
      values = Arrays.copyOf(values, Math.max(at + Values.USAGE, values.length * 2));
    }
    for (int i = 0; i < Values.USAGE; i++) {
      values[at + i] += usage[i];
    }
  }

  /** How many groups may have something. */
  int groups() {
    return values.length / Values.USAGE;
  }

  Traffic traffic(int group) {
    return Values.traffic(values, group * Values.USAGE);
  }

  long operations(int group) {
    return values[group * Values.USAGE + Values.OPERATIONS];
  }
}
