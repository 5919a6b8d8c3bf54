package org.uidnet.netd.command;

import org.uidnet.netd.daemon.TunnelConfig;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads tunnels. */
final class TunnelList implements ITypeConverter<TunnelConfig> {
  @Override
  public TunnelConfig convert(String text) {
    try {
      return TunnelConfig.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
