package org.uidnet.netd.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a UID in digits. */
final class UidNumber implements ITypeConverter<Long> {
  private static final long LAST = 4_294_967_294L;

  @Override
  public Long convert(String text) {
    if (text.matches("\\d{1,10}") && Long.parseLong(text) <= LAST) {
      return Long.parseLong(text);
    }
    throw new TypeConversionException("'" + text + "' is no UID; write 0 to " + LAST);
  }
}
