package org.uidnet.netd.testing;

import java.time.Duration;

/**
 * How long a test waits for what will come before it gives up. On a processor that is itself
 * computed all takes longer: {@code docs/kernels} sets a factor.
 */
public final class Patience {
  private static final int FACTOR = Integer.getInteger("uidnet.patience", 1);

  private Patience() {}

  public static Duration of(Duration usual) {
    return usual.multipliedBy(FACTOR);
  }

  public static int of(int usual) {
    return usual * FACTOR;
  }

  /** How often something must happen in a time that is not made longer. */
  public static int atLeast(int usual) {
    return usual / FACTOR;
  }
}
