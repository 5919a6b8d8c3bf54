package org.uidnet.netd.differential;

import java.util.SplittableRandom;

/** Numbers at which arithmetic goes wrong, and any others. */
final class Numbers {
  private static final long[] CORNERS = {
    0,
    1,
    -1,
    2,
    -2,
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Integer.MIN_VALUE,
    Integer.MAX_VALUE,
    0x8000_0000L,
    0xffff_ffffL,
    0x1_0000_0000L,
    0xffff_ffff_0000_0000L
  };

  private Numbers() {}

  static long wide(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> CORNERS[random.nextInt(CORNERS.length)];
      case 1 -> (1L << random.nextInt(64)) + random.nextInt(-1, 2);
      case 2 -> random.nextInt(-70, 70);
      default -> random.nextLong();
    };
  }

  static int immediate(SplittableRandom random) {
    return (int) wide(random);
  }
}
