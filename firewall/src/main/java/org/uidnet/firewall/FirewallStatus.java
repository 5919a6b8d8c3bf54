package org.uidnet.firewall;

import java.util.List;

/**
 * How the firewall does.
 *
 * @param problems what is wrong now; empty: all of the policy is enforced
 * @param storeReadable false: policy is not known, the maps stay as they are, changes are refused
 * @param failedWrites of the last attempt; tried again at the next round
 * @param rows of UIDs from 65,536 on in use
 * @param mostRows how many of those there are
 * @param uncountedDrops refusals that found no room in the map that counts them
 * @param lostEvents events that found no room in the ring buffer
 */
public record FirewallStatus(
    List<String> problems,
    boolean storeReadable,
    int failedWrites,
    int rows,
    int mostRows,
    int customChains,
    long uncountedDrops,
    long lostEvents) {
  public FirewallStatus {
    problems = List.copyOf(problems);
  }
}
