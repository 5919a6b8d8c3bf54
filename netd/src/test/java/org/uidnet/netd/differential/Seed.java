package org.uidnet.netd.differential;

import java.util.SplittableRandom;

/** Where all randomness of this package comes from. */
final class Seed {
  private static final long SEED = Long.getLong("differential.seed", System.nanoTime());
  private static final int SCALE = Integer.getInteger("differential.scale", 1);

  private Seed() {}

  /** Prints how to have this run again. */
  static void announce(String test) {
    System.out.printf("%s: -Ddifferential.seed=%d -Ddifferential.scale=%d%n", test, SEED, SCALE);
  }

  /** For one case of a test: the same whatever the cases before it drew. */
  static SplittableRandom of(String test, int number) {
    return new SplittableRandom(SEED ^ (long) test.hashCode() << 32 ^ number * 0x9e3779b97f4a7c15L);
  }

  /** How many cases to try. */
  static int scaled(int cases) {
    return Math.multiplyExact(cases, SCALE);
  }
}
