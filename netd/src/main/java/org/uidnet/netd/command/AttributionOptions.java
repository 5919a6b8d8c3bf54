package org.uidnet.netd.command;

import java.util.Set;
import org.uidnet.netd.daemon.AttributionConfig;
import org.uidnet.netd.daemon.TunnelConfig;
import picocli.CommandLine.Option;

/** Whose traffic it is that others carry. */
final class AttributionOptions {
  @Option(
      names = "--tunnels",
      paramLabel = "LIST",
      converter = TunnelList.class,
      description =
          "VPNs, whose packets are charged to whom they were carried for: INTERFACE=OWNER:BELOW, as"
              + " tun0=998:wlan0+eth0 where UID 998 sends over both what comes out of tun0, or"
              + " wg0=kernel:eth0; a list is parted by commas. Default: none.")
  private TunnelConfig tunnels = TunnelConfig.NONE;

  @Option(
      names = "--translated",
      paramLabel = "NAME",
      split = ",",
      description =
          "Interfaces whose IPv4 leaves the host as IPv6 (464XLAT): 20 bytes more a packet are"
              + " charged; a list is parted by commas. Default: none.")
  private Set<String> translated = Set.of();

  AttributionConfig config() {
    return new AttributionConfig(tunnels, translated);
  }
}
