package org.uidnet.netd.daemon;

import java.util.Set;
import org.uidnet.stats.attribution.Attribution;

/**
 * Whose traffic it is that others carry, as it is configured.
 *
 * @param translated names of interfaces whose IPv4 leaves the host as IPv6
 */
public record AttributionConfig(TunnelConfig tunnels, Set<String> translated) {
  public static final AttributionConfig NONE = new AttributionConfig(TunnelConfig.NONE, Set.of());

  public AttributionConfig {
    translated = Set.copyOf(translated);
  }

  Attribution attribution() {
    return new Attribution(translated, tunnels.tunnels());
  }
}
