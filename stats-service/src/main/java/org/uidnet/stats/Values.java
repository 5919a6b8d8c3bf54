package org.uidnet.stats;

import java.util.Arrays;
import org.uidnet.programs.Counters;
import org.uidnet.programs.Traffic;

/**
 * Rows of numbers. Traffic is four of them: bytes and packets received, bytes and packets sent.
 * Usage is traffic and operations.
 */
final class Values {
  static final int TRAFFIC = 4;
  static final int OPERATIONS = 4;
  static final int USAGE = 5;
  static final int COUNTERS = 8;

  private Values() {}

  static long[] of(Traffic traffic) {
    return new long[] {
      traffic.rxBytes(), traffic.rxPackets(), traffic.txBytes(), traffic.txPackets()
    };
  }

  static long[] usage(Traffic traffic) {
    return usage(traffic, 0);
  }

  static long[] usage(long operations) {
    return usage(Traffic.NONE, operations);
  }

  static long[] usage(Traffic traffic, long operations) {
    long[] values = Arrays.copyOf(of(traffic), USAGE);
    values[OPERATIONS] = operations;
    return values;
  }

  static Traffic traffic(long[] values, int at) {
    return new Traffic(values[at], values[at + 1], values[at + 2], values[at + 3]);
  }

  static long[] join(Traffic first, Traffic second) {
    return new long[] {
      first.rxBytes(), first.rxPackets(), first.txBytes(), first.txPackets(),
      second.rxBytes(), second.rxPackets(), second.txBytes(), second.txPackets()
    };
  }

  /** Both ways. */
  static long bytes(long[] usage) {
    return usage[0] + usage[2];
  }

  static void add(long[] sum, long[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  static boolean anyNegative(Traffic traffic) {
    return (traffic.rxBytes() | traffic.rxPackets() | traffic.txBytes() | traffic.txPackets()) < 0;
  }

  static boolean anyNegative(Counters counters) {
    return anyNegative(counters.wire()) || anyNegative(counters.extra());
  }
}
