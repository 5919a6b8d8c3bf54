package org.uidnet.netd.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoffTest {
  private final Roff page = new Roff("uidnet-x", "uidnet 1").section("X");

  @Test
  void whatLooksLikeAMacro_isText() {
    assertThat(page.paragraph(".SH it")).hasToString(begin() + "\\&.SH it\n");
    assertThat(page.example(List.of("'it'"))).asString().endsWith("\\&\\(aqit\\(aq\n.EE\n");
  }

  @Test
  void whatSteersTroff_isText() {
    assertThat(page.paragraph("a \\fB \"b\" -c ~ ^ `"))
        .hasToString(begin() + "a \\(rsfB \\(dqb\\(dq \\-c \\(ti \\(ha \\(ga\n");
  }

  @Test
  void whatIsNotAscii_isNamedByItsNumber() {
    assertThat(page.paragraph("… 🦊")).hasToString(begin() + "\\[u2026] \\[u1F98A]\n");
  }

  @Test
  void fonts_areSet() {
    assertThat(page.paragraph(Font.BOLD.set("-b") + Font.ITALIC.set("i")))
        .hasToString(begin() + "\\fB\\-b\\fR\\fIi\\fR\n");
  }

  @Test
  void paragraphs_areParted_butNotFromTheirHeading() {
    assertThat(page.paragraph("a").paragraph("b")).hasToString(begin() + "a\n.PP\nb\n");
  }

  private static String begin() {
    return ".TH uidnet\\-x 1 \"\" \"uidnet 1\" \"User Commands\"\n.nh\n.nr HY 0\n.ad l\n.SH X\n";
  }
}
