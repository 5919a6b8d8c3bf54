package org.uidnet.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.api.model.Gap;

class BacklogTest {
  private final Backlog backlog = new Backlog(3);

  @Test
  void take_givesTheOldestFirst_andNoMoreThanAsked() {
    add(1, 2, 3);

    assertThat(bodies(backlog.take(2))).containsExactly(1, 2);
    assertThat(bodies(backlog.take(2))).containsExactly(3);
    assertThat(backlog.take(2)).isEmpty();
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void full_itDropsTheOldest_andAGapSaysHowMany() {
    add(1, 2, 3, 4, 5);

    assertThat(bodies(backlog.take(9))).containsExactly(Gap.of(Gap.Cause.SLOW_CLIENT, 2), 3, 4, 5);
  }

  @Test
  void gap_isToldOnce_andCountsAnew() {
    add(1, 2, 3, 4);
    backlog.take(1);
    add(5, 6);

    assertThat(bodies(backlog.take(9))).containsExactly(Gap.of(Gap.Cause.SLOW_CLIENT, 2), 4, 5, 6);
    assertThat(backlog.isEmpty()).isTrue();
  }

  /** A flood would hide that the kernel has lost packets too. */
  @Test
  void gaps_areAddedUp_andNeverDropped() {
    backlog.add(Gap.of(Gap.Cause.KERNEL_BUFFER_FULL, 10));
    add(1, 2, 3, 4, 5);
    backlog.add(Gap.of(Gap.Cause.KERNEL_BUFFER_FULL, 7));
    backlog.add(Gap.notKept());

    assertThat(bodies(backlog.take(1)))
        .containsExactly(
            Gap.of(Gap.Cause.SLOW_CLIENT, 2),
            Gap.of(Gap.Cause.KERNEL_BUFFER_FULL, 17),
            Gap.notKept());
    assertThat(bodies(backlog.take(9))).containsExactly(3, 4, 5);
  }

  @Test
  void clear_forgetsDroppedOnesToo() {
    add(1, 2, 3, 4);

    backlog.clear();

    assertThat(backlog.isEmpty()).isTrue();
    assertThat(backlog.take(9)).isEmpty();
  }

  private void add(int... bodies) {
    for (int body : bodies) {
      backlog.add(StreamEvent.of("number", "id-" + body, () -> body));
    }
  }

  private static List<Object> bodies(List<StreamEvent> events) {
    return events.stream().<Object>map(event -> event.body().get()).toList();
  }
}
