package org.uidnet.netd.command;

/** Horizontal bars of block characters, an eighth of a column fine. */
final class Bars {
  private static final String PARTS = " ▏▎▍▌▋▊▉";
  private static final String FULL = "█";
  private static final int EIGHTHS = 8;

  private Bars() {}

  /**
   * A bar for {@code value} where {@code most} fills {@code columns}; anything above 0 is visible.
   */
  static String bar(long value, long most, int columns) {
    if (value <= 0 || most <= 0 || columns <= 0) {
      return "";
    }
    long length = Math.round((double) value / most * columns * EIGHTHS);
    int eighths = (int) Math.max(1, Math.min(length, (long) columns * EIGHTHS));
    int rest = eighths % EIGHTHS;
    return FULL.repeat(eighths / EIGHTHS) + (rest == 0 ? "" : PARTS.substring(rest, rest + 1));
  }
}
