package org.uidnet.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.uidnet.stats.Tiers.Span;

class SpansTest {
  private static final Span EARLY = new Span(10, 20);
  private static final Span MIDDLE = new Span(20, 25);
  private static final Span LATE = new Span(40, 50);

  private final Spans spans = Spans.of(List.of(LATE, EARLY, MIDDLE));

  private static List<Span> all(Spans spans) {
    return spans.list(0, spans.size());
  }

  @Test
  void of_isInOrder() {
    assertThat(all(spans)).containsExactly(EARLY, MIDDLE, LATE);
  }

  @Test
  void floor_isTheLastThatBeginsAtTheTickOrBefore() {
    assertThat(spans.floor(9)).isEqualTo(-1);
    assertThat(spans.floor(19)).isZero();
    assertThat(spans.floor(20)).isEqualTo(1);
    assertThat(spans.floor(99)).isEqualTo(2);
  }

  @Test
  void ceiling_isTheFirstThatBeginsAtTheTickOrLater() {
    assertThat(spans.ceiling(9)).isZero();
    assertThat(spans.ceiling(20)).isEqualTo(1);
    assertThat(spans.ceiling(21)).isEqualTo(2);
    assertThat(spans.ceiling(41)).isEqualTo(spans.size());
  }

  @Test
  void with_takesItsPlaceAndLeavesTheOriginal() {
    Span between = new Span(30, 40);

    assertThat(all(spans.with(between))).containsExactly(EARLY, MIDDLE, between, LATE);
    assertThat(all(Spans.NONE.with(between))).containsExactly(between);
    assertThat(all(spans)).containsExactly(EARLY, MIDDLE, LATE);
  }

  @Test
  void from_keepsTheOneThatBeginsThere() {
    assertThat(all(spans.from(20))).containsExactly(MIDDLE, LATE);
    assertThat(all(spans.from(21))).containsExactly(LATE);
    assertThat(spans.from(41).isEmpty()).isTrue();
  }

  @Test
  void sumsOfSpans_inAnyOrder_areTheSame() {
    List<Span> sorted = new ArrayList<>();
    for (int start = 0; start < 300; start++) {
      sorted.add(new Span(start, start + 1));
    }
    List<Span> shuffled = new ArrayList<>(sorted);
    Collections.shuffle(shuffled, new Random(5));
    SumsOfSpans sums = new SumsOfSpans();
    shuffled.forEach(
        span -> sums.of(span).add(new int[] {0}, new long[] {span.start(), 0, 0, 0, 0}));
    shuffled.forEach(span -> sums.of(span).add(new int[] {0}, new long[] {1, 0, 0, 0, 0}));

    List<Span> seen = new ArrayList<>();
    sums.forEach(
        (span, sum) -> {
          seen.add(span);
          assertThat(sum.traffic(0).rxBytes()).isEqualTo(span.start() + 1);
        });
    assertThat(seen).isEqualTo(sorted);
  }
}
