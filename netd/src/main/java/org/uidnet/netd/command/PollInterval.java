package org.uidnet.netd.command;

import java.time.Duration;
import org.uidnet.netd.daemon.DaemonConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a duration that the daemon can poll at. */
final class PollInterval implements ITypeConverter<Duration> {
  @Override
  public Duration convert(String text) {
    try {
      return DaemonConfig.requirePollInterval(new Durations().convert(text));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
