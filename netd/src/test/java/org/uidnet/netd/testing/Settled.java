package org.uidnet.netd.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

/**
 * Compares two counts that grow by themselves and are read one after the other: they must agree in
 * the end, within five seconds.
 */
public final class Settled {
  private static final int TRIES = 100;
  private static final int PAUSE_MILLIS = 50;

  private Settled() {}

  public static <T> void assertEquals(String what, Callable<T> actual, Callable<T> expected) {
    try {
      T last = actual.call();
      T wanted = expected.call();
      for (int i = 1; i < TRIES && !last.equals(wanted); i++) {
        Thread.sleep(PAUSE_MILLIS);
        last = actual.call();
        wanted = expected.call();
      }
      assertThat(last).as(what).isEqualTo(wanted);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }
}
