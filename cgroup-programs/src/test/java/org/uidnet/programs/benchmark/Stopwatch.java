package org.uidnet.programs.benchmark;

import java.util.function.IntConsumer;

/**
 * Times work that is done again and again.
 *
 * @param warmUp how many times before the first that counts
 * @param rounds how many times count
 */
public record Stopwatch(int warmUp, int rounds) {
  /** Nanoseconds of each time. The work gets the number of the round, warm-up included. */
  public Samples time(IntConsumer work) {
    return time(round -> {}, work);
  }

  /** The same, without the time of what prepares a round. */
  public Samples time(IntConsumer preparation, IntConsumer work) {
    Samples nanos = new Samples();
    for (int round = 0; round < warmUp + rounds; round++) {
      preparation.accept(round);
      long start = System.nanoTime();
      work.accept(round);
      if (round >= warmUp) {
        nanos.add(System.nanoTime() - start);
      }
    }
    return nanos;
  }
}
