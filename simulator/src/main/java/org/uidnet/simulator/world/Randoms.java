package org.uidnet.simulator.world;

import java.util.SplittableRandom;
import java.util.UUID;

/** Chance, from one seed: each actor has a stream of its own, so that one more changes no other. */
record Randoms(long seed) {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  SplittableRandom of(String actor) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < actor.length(); i++) {
      hash = (hash ^ actor.charAt(i)) * FNV_PRIME;
    }
    return new SplittableRandom(new SplittableRandom(seed ^ hash).nextLong());
  }

  static UUID uuid(SplittableRandom random) {
    long version4 = (random.nextLong() & ~0xf000L) | 0x4000L;
    long variant = (random.nextLong() & ~(3L << 62)) | (2L << 62);
    return new UUID(version4, variant);
  }

  /** Half to one and a half of it. */
  static long about(long typical, SplittableRandom random) {
    return (long) (typical * (0.5 + random.nextDouble()));
  }
}
