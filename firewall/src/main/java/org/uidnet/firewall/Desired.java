package org.uidnet.firewall;

import java.net.InetAddress;
import java.util.BitSet;
import java.util.Map;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;

/**
 * What the maps shall hold.
 *
 * @param enabledChains bits of built-in chains in force
 * @param enabledCustom of custom chains
 * @param customAllowlists which of them are allowlists, enabled or not
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
    BitSet blockedPorts) {}
