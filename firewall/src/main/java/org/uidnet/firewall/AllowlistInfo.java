package org.uidnet.firewall;

import java.util.List;

/**
 * An allowlist as it is now.
 *
 * @param uids ascending, temporary ones included
 * @param temporary those that are on it, or taken off it, for a while
 */
public record AllowlistInfo(String name, UidSet uids, List<ChainInfo.Temporary> temporary) {
  public AllowlistInfo {
    temporary = List.copyOf(temporary);
  }

  static AllowlistInfo of(ChainInfo list) {
    return new AllowlistInfo(list.name(), list.uids(), list.temporary());
  }
}
