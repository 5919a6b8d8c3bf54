package org.uidnet.netd.command;

import java.util.List;

/**
 * Text in the macros of man(7), as groff and mandoc read it.
 *
 * <p>Words may be set in a {@link Font}. Not thread-safe.
 */
final class Roff {
  private static final String MACRO = ".";

  private final StringBuilder text = new StringBuilder();
  private boolean inSection;

  /**
   * @param source the version of what the page is about
   */
  Roff(String page, String source) {
    macro("TH %s 1 \"\" \"%s\" \"User Commands\"".formatted(escape(page), escape(source)));
    // What is copied from a page must have no hyphens added, nor after an example, which sets HY.
    macro("nh");
    macro("nr HY 0");
    macro("ad l");
  }

  Roff section(String name) {
    macro("SH " + escape(name));
    inSection = false; // a paragraph macro is an error right after it
    return this;
  }

  /** Of no words, none. */
  Roff paragraph(String words) {
    if (words.isEmpty()) {
      return this;
    }
    macroInSection("PP");
    return line(words);
  }

  /** Whose second line and all after it are set in. */
  Roff synopsis(String words) {
    macro("HP 4");
    return line(words);
  }

  Roff item(String term, String meaning) {
    macro("TP");
    line(term);
    return line(meaning);
  }

  /** Lines as they are; of none, nothing. */
  Roff example(List<String> lines) {
    if (lines.isEmpty()) {
      return this;
    }
    macroInSection("PP");
    macro("EX");
    lines.forEach(this::line);
    macro("EE");
    return this;
  }

  private void macroInSection(String name) {
    if (inSection) {
      macro(name);
    }
  }

  private void macro(String line) {
    text.append(MACRO).append(line).append('\n');
    inSection = true;
  }

  private Roff line(String words) {
    boolean wouldBeMacro = words.startsWith(MACRO) || words.startsWith("'");
    text.append(wouldBeMacro ? "\\&" : "").append(escape(words)).append('\n');
    inSection = true;
    return this;
  }

  /** Quotes, dashes and the like stay those of a keyboard, so that examples can be copied. */
  private static String escape(String words) {
    StringBuilder escaped = new StringBuilder(words.length());
    words.codePoints().mapToObj(Roff::escape).forEach(escaped::append);
    return escaped.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '\\' -> "\\(rs";
      case '-' -> "\\-";
      case '"' -> "\\(dq";
      case '\'' -> "\\(aq";
      case '`' -> "\\(ga";
      case '^' -> "\\(ha";
      case '~' -> "\\(ti";
      case Font.BOLD_MARK -> "\\fB";
      case Font.ITALIC_MARK -> "\\fI";
      case Font.ROMAN_MARK -> "\\fR";
      default -> c < 0x7f ? Character.toString(c) : "\\[u%04X]".formatted(c);
    };
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
