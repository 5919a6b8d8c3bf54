package org.uidnet.netd.command;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads amounts as {@link Units} writes them: {@code 10MB}, {@code 1.5GiB}, {@code 5000}. */
final class ByteCount implements ITypeConverter<Long> {
  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?) ?([A-Za-z]*)");
  private static final BigDecimal SI = BigDecimal.valueOf(1000);
  private static final BigDecimal IEC = BigDecimal.valueOf(1024);

  private static final Map<String, BigDecimal> UNITS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("B", BigDecimal.ONE),
          Map.entry("kB", SI),
          Map.entry("MB", SI.pow(2)),
          Map.entry("GB", SI.pow(3)),
          Map.entry("TB", SI.pow(4)),
          Map.entry("KiB", IEC),
          Map.entry("MiB", IEC.pow(2)),
          Map.entry("GiB", IEC.pow(3)),
          Map.entry("TiB", IEC.pow(4)));

  @Override
  public Long convert(String text) {
    Matcher matcher = AMOUNT.matcher(text);
    if (!matcher.matches() || !UNITS.containsKey(matcher.group(2))) {
      throw unreadable(text);
    }
    try {
      return new BigDecimal(matcher.group(1)).multiply(unit(matcher.group(2))).longValueExact();
    } catch (ArithmeticException e) {
      throw unreadable(text);
    }
  }

  private static BigDecimal unit(String name) {
    return UNITS.getOrDefault(name, BigDecimal.ONE);
  }

  private static TypeConversionException unreadable(String text) {
    return new TypeConversionException(
        "'%s' is no number of bytes; write 5000, 10MB (powers of 1,000) or 2GiB (of 1,024)"
            .formatted(text));
  }
}
