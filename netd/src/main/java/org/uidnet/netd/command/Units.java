package org.uidnet.netd.command;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How amounts are written. */
enum Units {
  /** Powers of 1,024. */
  IEC(1024, 1, "B KiB MiB GiB TiB PiB EiB"),
  /** Powers of 1,000. */
  SI(1000, 1, "B kB MB GB TB PB EB"),
  /** Bits, as networks are sold, in powers of 1,000. */
  BITS(1000, 8, "bit kbit Mbit Gbit Tbit Pbit Ebit Zbit"),
  /** All digits. */
  BYTES(1, 1, "B");

  private final int step;
  private final int perByte;
  private final String names;

  /**
   * @param names of the steps, parted by blanks
   */
  Units(int step, int perByte, String names) {
    this.step = step;
    this.perByte = perByte;
    this.names = names;
  }

  /** Three digits at least, such as {@code 1.50 MiB}; whole below the first step. */
  String amount(long bytes) {
    if (this == BYTES) {
      return bytes + " B";
    }
    return (bytes < 0 ? "-" : "") + positive(Math.abs((double) bytes));
  }

  String rate(double bytesPerSecond) {
    return amount(Math.round(bytesPerSecond)) + "/s";
  }

  private String positive(double bytes) {
    List<String> steps = Arrays.asList(names.split(" ", -1));
    double value = bytes * perByte;
    int unit = 0;
    while (unit < steps.size() - 1 && roundsUp(value, unit)) {
      value /= step;
      unit++;
    }
    return number(value, unit) + " " + steps.get(unit);
  }

  /** So that 1,048,575 is 1.00 MiB and not 1024 KiB. */
  private boolean roundsUp(double value, int unit) {
    return unit == 0 ? value >= step : value >= step - 0.5;
  }

  private static String number(double value, int unit) {
    int digits = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }
}
