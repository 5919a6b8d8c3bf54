package org.uidnet.netd.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a number that must be within limits. */
abstract class WholeNumber implements ITypeConverter<Integer> {
  private final int least;
  private final int most;

  private WholeNumber(int least, int most) {
    this.least = least;
    this.most = most;
  }

  /** Of history. */
  static final class Days extends WholeNumber {
    Days() {
      super(0, 3650);
    }
  }

  /** Of a simulated clock. */
  static final class Speed extends WholeNumber {
    Speed() {
      super(1, 3600);
    }
  }

  /** Of keys that count for one UID. */
  static final class Keys extends WholeNumber {
    Keys() {
      super(0, 1_000_000);
    }
  }

  /** Of a whole. */
  static final class Percent extends WholeNumber {
    Percent() {
      super(0, 100);
    }
  }

  @Override
  public Integer convert(String text) {
    if (text.matches("\\d{1,9}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new TypeConversionException(
        "'%s' is no whole number from %d to %d".formatted(text, least, most));
  }
}
