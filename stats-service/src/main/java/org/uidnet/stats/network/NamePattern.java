package org.uidnet.stats.network;

import java.util.Arrays;

/**
 * A network's name, or several: {@code *} stands for any text, and {@code \} takes the next
 * character as it is.
 *
 * @param text {@code Home}, {@code Cafe*}, {@code 5\*Hotel}
 */
public record NamePattern(String text) {
  private static final int ANY = -1;

  /** The exact name, whatever characters it has. */
  public static NamePattern exactly(String name) {
    return new NamePattern(name.replace("\\", "\\\\").replace("*", "\\*"));
  }

  /**
   * Goes back to the last {@code *} only, so that the time is bounded by the product of lengths: a
   * regular expression would let whoever asks keep a processor busy.
   */
  public boolean matches(String name) {
    int[] symbols = symbols();
    int symbol = 0;
    int retry = -1;
    int retryAt = 0;
    for (int at = 0; at < name.length(); ) {
      if (symbol < symbols.length && symbols[symbol] == ANY) {
        retry = ++symbol;
        retryAt = at;
      } else if (symbol < symbols.length && symbols[symbol] == name.charAt(at)) {
        symbol++;
        at++;
      } else if (retry >= 0) {
        symbol = retry;
        at = ++retryAt;
      } else {
        return false;
      }
    }
    return isAny(symbols, symbol);
  }

  /** Whether what is left of the pattern takes an empty text. */
  private static boolean isAny(int[] symbols, int from) {
    for (int i = from; i < symbols.length; i++) {
      if (symbols[i] != ANY) {
        return false;
      }
    }
    return true;
  }

  private int[] symbols() {
    int[] symbols = new int[text.length()];
    int count = 0;
    for (int i = 0; i < text.length(); i++) {
      boolean escape = text.charAt(i) == '\\' && i + 1 < text.length();
      i += escape ? 1 : 0;
      symbols[count++] = !escape && text.charAt(i) == '*' ? ANY : text.charAt(i);
    }
    return Arrays.copyOf(symbols, count);
  }
}
