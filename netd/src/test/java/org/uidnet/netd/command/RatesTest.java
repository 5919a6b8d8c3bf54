package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.command.Rates.Rate;
import org.uidnet.netd.command.Rates.Sample;

class RatesTest {
  private static final long HALF_A_SECOND = 500_000_000;

  private static Line line(long uid, long rx, long tx) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    return Line.of(node.put("kind", "uid").put("uid", uid).put("rxBytes", rx).put("txBytes", tx));
  }

  private static List<Rate> between(List<Line> before, List<Line> now) {
    return Rates.between(new Sample(before, 0), new Sample(now, HALF_A_SECOND));
  }

  @Test
  void between_perSecondAndBusiestFirst() {
    Line idle = line(3, 1_000_000, 0);
    Line slow = line(1, 110, 0);
    Line fast = line(2, 100, 50);

    assertThat(between(List.of(line(1, 100, 0), line(2, 0, 0), idle), List.of(idle, slow, fast)))
        .containsExactly(new Rate(fast, 200, 100), new Rate(slow, 20, 0), new Rate(idle, 0, 0));
  }

  @Test
  void between_newUidCountsFromZero() {
    Line born = line(9, 10, 0);

    assertThat(between(List.of(), List.of(born))).containsExactly(new Rate(born, 20, 0));
  }

  @Test
  void between_neverNegative() {
    Line fallen = line(1, 5, 500);

    assertThat(between(List.of(line(1, 100, 100)), List.of(fallen)))
        .containsExactly(new Rate(fallen, 0, 800));
  }

  @Test
  void between_noTimePassed() {
    Line line = line(1, 5, 5);

    assertThat(Rates.between(new Sample(List.of(), 7), new Sample(List.of(line), 7)))
        .containsExactly(new Rate(line, 0, 0));
  }
}
