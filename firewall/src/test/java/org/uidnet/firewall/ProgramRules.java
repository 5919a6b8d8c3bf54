package org.uidnet.firewall;

import static org.uidnet.programs.layout.Layouts.*;

import java.net.InetAddress;
import java.util.Map;
import org.uidnet.programs.NetworkId;
import org.uidnet.programs.Prefix;

/**
 * {@code rules.h}, line by line over the maps, for packets that are not excepted. Written from the
 * C source and without anything of the module's own decisions, to be compared with them.
 */
final class ProgramRules {
  private static final int ALLOW =
      CHAIN_METERED_ALLOW
          | CHAIN_DOZABLE
          | CHAIN_POWERSAVE
          | CHAIN_RESTRICTED
          | CHAIN_LOW_POWER_STANDBY
          | CHAIN_BACKGROUND;
  private static final int METERED_LISTS =
      CHAIN_METERED_ALLOW | CHAIN_METERED_DENY_USER | CHAIN_METERED_DENY_ADMIN;

  private final FakeRuleMaps maps;
  private final Packet packet;
  private final Rows.Row row;

  private ProgramRules(FakeRuleMaps maps, Packet packet) {
    this.maps = maps;
    this.packet = packet;
    row = maps.wordsOf(packet.uid());
  }

  record Packet(long uid, long netns, int ifindex, boolean ingress, InetAddress remote) {}

  static int judge(FakeRuleMaps maps, Packet packet) {
    return new ProgramRules(maps, packet).judge();
  }

  private int judge() {
    boolean loopback = packet.ifindex() == 1;
    int reason = chainReason(loopback);
    if (reason == REASON_NONE && !loopback) {
      reason = networkReason();
    }
    if (reason == REASON_NONE
        && !loopback
        && (row.flags() & UID_NO_LOCAL_NETWORK) != 0
        && isLocal()) {
      reason = REASON_LOCAL_NETWORK;
    }
    return reason;
  }

  private static int blocking(int listed, int enabled, int allowlists) {
    return enabled & (listed ^ allowlists);
  }

  private int chainReason(boolean loopback) {
    int enabled = maps.control().enabledChains() & ~METERED_LISTS;
    int bits = blocking(row.rules(), loopback ? enabled & ~CHAIN_BACKGROUND : enabled, ALLOW);
    if (bits != 0) {
      return Integer.numberOfTrailingZeros(bits);
    }
    bits =
        blocking(row.custom(), maps.control().enabledCustom(), maps.control().customAllowlists());
    return bits != 0 ? REASON_CUSTOM + Integer.numberOfTrailingZeros(bits) : REASON_NONE;
  }

  private int networkReason() {
    int metered = blocking(row.rules(), maps.control().enabledChains() & METERED_LISTS, ALLOW);
    int allowed = row.allowedInterface();
    if (metered == 0 && (row.flags() & (UID_INTERFACE_RULE | UID_LOCKDOWN)) == 0) {
      return REASON_NONE;
    }
    int flags =
        maps.networks.entries.getOrDefault(new NetworkId(packet.netns(), packet.ifindex()), 0);
    if (metered != 0 && (flags & NETWORK_METERED) != 0) {
      return meteredReason(metered);
    }
    boolean host = packet.netns() == maps.control().hostNamespace();
    if ((row.flags() & UID_INTERFACE_RULE) != 0 && packet.ingress()) {
      return allowed != 0 && packet.ifindex() != allowed && host
          ? REASON_INTERFACE_RULE
          : REASON_NONE;
    }
    if ((row.flags() & UID_LOCKDOWN) != 0
        && (flags & NETWORK_VPN) == 0
        && !(allowed != 0 && packet.ifindex() == allowed && host)) {
      return REASON_LOCKDOWN_VPN;
    }
    return REASON_NONE;
  }

  private static int meteredReason(int lists) {
    if ((lists & CHAIN_METERED_DENY_ADMIN) != 0) {
      return 13;
    }
    return (lists & CHAIN_METERED_DENY_USER) != 0 ? 1 : 0;
  }

  private boolean isLocal() {
    int best = -1;
    boolean local = false;
    for (Map.Entry<Prefix, Boolean> entry : maps.local.entries.entrySet()) {
      Prefix prefix = entry.getKey();
      if (prefix.length() > best && begins(packet.remote().getAddress(), prefix)) {
        best = prefix.length();
        local = entry.getValue();
      }
    }
    return local;
  }

  /** Tests use no prefix that holds both families. */
  private static boolean begins(byte[] address, Prefix prefix) {
    byte[] bytes = prefix.address().getAddress();
    return bytes.length == address.length
        && new java.math.BigInteger(1, bytes)
            .xor(new java.math.BigInteger(1, address))
            .shiftRight(bytes.length * 8 - prefix.length())
            .equals(java.math.BigInteger.ZERO);
  }
}
