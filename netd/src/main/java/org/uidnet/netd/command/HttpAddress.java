package org.uidnet.netd.command;

import java.util.Optional;
import org.uidnet.api.HostPort;
import org.uidnet.netd.StateDir;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What {@code --http} says: {@code 127.0.0.1:8477}, or {@code none}. */
record HttpAddress(Optional<HostPort> address) {
  private static final String NONE = "none";

  /** Says where it is served. */
  static String line(Optional<HostPort> served, StateDir files) {
    return served
        .map(http -> "http://" + http + "   (uidnet open), token in " + files.adminToken())
        .orElse("off");
  }

  /** Reads it. */
  static final class Converter implements ITypeConverter<HttpAddress> {
    @Override
    public HttpAddress convert(String text) {
      try {
        return new HttpAddress(
            text.equals(NONE) ? Optional.empty() : Optional.of(HostPort.parse(text)));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
