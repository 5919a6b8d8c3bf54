package org.uidnet.netd.command;

/** Text from others, and how much room it takes on a screen. */
final class Text {
  private static final String ELLIPSIS = "…";

  private Text() {}

  /**
   * Without anything that could steer a terminal, or hide or reorder what is shown: control and
   * format characters (bidirectional overrides among them) and line separators.
   */
  static String plain(String untrusted) {
    StringBuilder plain = new StringBuilder(untrusted.length());
    untrusted.codePoints().filter(Text::isPlain).forEach(plain::appendCodePoint);
    return plain.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE ->
          false;
      default -> true;
    };
  }

  /** Columns on the screen. */
  static int width(String text) {
    return text.codePoints().map(Text::width).sum();
  }

  private static int width(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> 0;
      default -> isWide(c) ? 2 : 1;
    };
  }

  /** East Asian and pictographs, roughly: a wrong guess costs alignment only. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115f)
        || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xfe30 && c <= 0xfe6f)
        || (c >= 0xff00 && c <= 0xff60)
        || (c >= 0xffe0 && c <= 0xffe6)
        || (c >= 0x1f300 && c <= 0x1faff)
        || (c >= 0x20000 && c <= 0x3fffd);
  }

  /** The text, or its beginning with an ellipsis. */
  static String fit(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder start = new StringBuilder();
    int room = columns - 1;
    for (int c : text.codePoints().toArray()) {
      room -= width(c);
      if (room < 0) {
        break;
      }
      start.appendCodePoint(c);
    }
    return start + ELLIPSIS;
  }

  static String padRight(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - width(text)));
  }

  static String padLeft(String text, int columns) {
    return " ".repeat(Math.max(0, columns - width(text))) + text;
  }
}
