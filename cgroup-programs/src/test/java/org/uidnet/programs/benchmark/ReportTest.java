package org.uidnet.programs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static String printed(Report report) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      report.print();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  @Test
  void print_withoutLimits_hasNoVerdicts() {
    assertThat(printed(Report.of("what", "ns", "of").row("empty", 12.345, "loopback")))
        .isEqualTo(
            """
            | what | ns | of |
            | --- | --- | --- |
            | empty | 12.3 | loopback |""");
  }

  @Test
  void print_withLimits_tellsWhichWereKept() {
    Report report =
        Report.of("what", "ns")
            .row(Reach.atMost(50, " ns"), 50, "ours", 50)
            .row(Reach.atLeast(0.98, ""), 0.9751, "rate", 0.9751)
            .row("none", 1234.5);

    assertThat(printed(report))
        .isEqualTo(
            """
            | what | ns | reach |  |
            | --- | --- | --- | --- |
            | ours | 50 | ≤ 50 ns | reached: 50 ns |
            | rate | 0.975 | ≥ 0.980 | not reached: 0.975 |
            | none | 1,235 |  |  |""");
  }

  @Test
  void time_inNanoseconds_isShownInMillisecondsAndJudgedByItsFigure() {
    Samples times = Samples.of(LongStream.rangeClosed(1, 200).map(i -> i * 50_000).toArray());

    assertThat(printed(Report.ofTimes("request").time("PUT", times, Reach.p99Millis(5))))
        .endsWith("| PUT | 5.05 | 9.95 | 10 | p99 ≤ 5 ms | not reached: 9.95 ms |");
  }

  @Test
  void text_ofAnySize_hasThreeDigits() {
    assertThat(LongStream.of(1, 10, 100, 1000).mapToObj(n -> Report.text(n / 3.0)))
        .containsExactly("0.333", "3.33", "33.3", "333");
    assertThat(Report.text(0)).isEqualTo("0");
    assertThat(Report.text(123_456.7)).isEqualTo("123,457");
  }
}
