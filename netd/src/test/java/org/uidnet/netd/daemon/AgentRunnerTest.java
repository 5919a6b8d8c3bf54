package org.uidnet.netd.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AgentRunnerTest {
  @Test
  void round_throws_nextRoundComes() throws InterruptedException {
    assertGoesOnAfter(
        () -> {
          throw new IllegalStateException("injected");
        });
  }

  @Test
  void round_memoryRunsOut_nextRoundComes() throws InterruptedException {
    assertGoesOnAfter(
        () -> {
          throw new OutOfMemoryError("injected");
        });
  }

  @Test
  void round_classCannotBeRead_nextRoundComes() throws InterruptedException {
    assertGoesOnAfter(
        () -> {
          throw new NoClassDefFoundError("injected");
        });
  }

  private static void assertGoesOnAfter(Runnable failure) throws InterruptedException {
    CountDownLatch rounds = new CountDownLatch(2);
    Agent agent =
        () -> {
          rounds.countDown();
          if (rounds.getCount() > 0) {
            failure.run();
          }
          return Duration.ofMinutes(1);
        };
    try (AgentRunner runner = AgentRunner.start("uidnet-test", agent)) {
      assertThat(runner).isNotNull();
      assertThat(rounds.await(10, TimeUnit.SECONDS)).as("a second round").isTrue();
    }
  }
}
