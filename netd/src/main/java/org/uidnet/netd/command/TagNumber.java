package org.uidnet.netd.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a socket tag: {@code 0xF00D} or {@code 61453}. */
final class TagNumber implements ITypeConverter<Long> {
  private static final long LAST = 0xffff_ffffL;

  @Override
  public Long convert(String text) {
    try {
      long tag = Long.decode(text);
      if (0 <= tag && tag <= LAST) {
        return tag;
      }
    } catch (NumberFormatException e) {
      // Refused below, as are numbers out of range.
    }
    throw new TypeConversionException("'" + text + "' is no tag; write 0xF00D or 0 to " + LAST);
  }
}
