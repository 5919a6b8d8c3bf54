package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.uidnet.api.Attempts.Kind.FOREIGN_HOST;
import static org.uidnet.api.Attempts.Kind.WRONG_TOKEN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttemptsTest {
  private long nanos;
  private final List<String> log = new ArrayList<>();
  private final Attempts attempts = new Attempts(() -> nanos, log::add);

  @Test
  void first_isSaidAtOnce_andOthersAreCountedForAMinute() {
    for (int i = 0; i < 1000; i++) {
      attempts.note(WRONG_TOKEN);
    }
    assertThat(log).containsExactly("refused over TCP: a token that is not valid, or no longer");
    log.clear();

    nanos += Duration.ofMinutes(1).toNanos();
    attempts.note(WRONG_TOKEN);
    attempts.note(WRONG_TOKEN);

    assertThat(log)
        .containsExactly(
            "refused over TCP: a token that is not valid, or no longer, after 999 more");
  }

  @Test
  void kinds_haveLinesOfTheirOwn() {
    attempts.note(WRONG_TOKEN);
    attempts.note(FOREIGN_HOST);
    attempts.note(FOREIGN_HOST);

    assertThat(log).hasSize(2);
  }
}
