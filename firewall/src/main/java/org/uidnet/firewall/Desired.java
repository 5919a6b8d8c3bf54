package org.uidnet.firewall;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;

/**
 * What the maps shall hold.
 *
 * @param enabledChains bits of built-in chains in force
 * @param enabledCustom of custom chains
 * @param customAllowlists which of them are allowlists, enabled or not
 * @param quotas by number
 * @param quotasOfAll numbers of those that name no UID
 */
record Desired(
    int enabledChains,
    int enabledCustom,
    int customAllowlists,
    int switches,
    Rows rows,
    Map<NetworkId, Integer> networks,
    Map<InetAddress, Integer> ingressDiscard,
    Map<Prefix, Boolean> localNetworks,
    BitSet blockedPorts,
    SortedMap<Integer, Quota> quotas,
    List<Integer> quotasOfAll) {
  /** Whether the number is of a quota that rows name. */
  boolean isQuotaOfSome(int number) {
    return quotas.containsKey(number) && !quotasOfAll.contains(number);
  }

  /**
   * What the programs know of a quota.
   *
   * @param limit what its counter may reach
   * @param ifindex 0: any
   * @param flags that a network must have
   * @param cuts whether nothing of its UIDs passes any more, on any network
   */
  record Quota(long limit, long netns, int ifindex, int flags, boolean cuts) {}
}
