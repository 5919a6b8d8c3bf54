package org.uidnet.netd.command;

import picocli.CommandLine.Help.Ansi.IStyle;

/**
 * How words of a manual page are set, by marks that no text has: {@link Roff} escapes the text
 * first, whoever wrote it.
 */
enum Font implements IStyle {
  BOLD(Font.BOLD_MARK),
  ITALIC(Font.ITALIC_MARK);

  // Of Unicode's private use.
  static final char BOLD_MARK = '\ue000';
  static final char ITALIC_MARK = '\ue001';
  static final char ROMAN_MARK = '\ue002';

  private final char mark;

  Font(char mark) {
    this.mark = mark;
  }

  String set(String words) {
    return on() + words + off();
  }

  @Override
  public String on() {
    return Character.toString(mark);
  }

  @Override
  public String off() {
    return Character.toString(ROMAN_MARK);
  }
}
