package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.uidnet.netd.command.Table.Column;

class TextTest {
  @Test
  void plain_dropsWhatSteersATerminal() {
    assertThat(Text.plain("a\u001b[2Jb\rc\nd\te\u0007\u009bf\u007f")).isEqualTo("a[2Jbcdef");
    assertThat(Text.plain("x\u202ey\u200bz\u2028\ud800")).isEqualTo("xyz");
    assertThat(Text.plain("Jürgen 田中 😀")).isEqualTo("Jürgen 田中 😀");
  }

  @Test
  void fit_countsColumns() {
    assertThat(Text.fit("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Text.fit("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(Text.fit("田中田中", 6)).isEqualTo("田中…");
    assertThat(Text.width("田中田中")).isEqualTo(8);
    assertThat(Text.width("e\u0301")).isEqualTo(1);
  }

  @Test
  void table_alignsWideTextAndCutsLongText() {
    Table table = new Table(Style.PLAIN, List.of(Column.text("N", 6), Column.figure("AMOUNT")));
    table.row(List.of("田中", "1")).row(List.of("somebody", "22")).total(List.of("sum", "23"));

    assertThat(table.lines())
        .containsExactly(
            "N       AMOUNT", //
            "田中         1",
            "someb…      22",
            "──────────────",
            "sum         23");
  }

  @Test
  void table_coloursDoNotShiftColumns() {
    Table table = new Table(new Style(true), List.of(Column.text("N"), Column.figure("A")));
    table.row(List.of("x\u001b[31m", "1"));

    assertThat(table.lines()).containsExactly("\u001b[1mN      A\u001b[0m", "x[31m  1");
  }

  @Test
  void bar_eighths() {
    assertThat(Bars.bar(8, 8, 2)).isEqualTo("██");
    assertThat(Bars.bar(5, 8, 2)).isEqualTo("█▎");
    assertThat(Bars.bar(1, 1_000_000, 2)).isEqualTo("▏");
    assertThat(Bars.bar(0, 8, 2)).isEmpty();
    assertThat(Bars.bar(9, 8, 2)).isEqualTo("██");
    assertThat(Bars.bar(Long.MAX_VALUE, Long.MAX_VALUE, 3)).isEqualTo("███");
  }
}
