package org.uidnet.firewall;

/**
 * What own rules may ask of networks. The current ones are those marked as default; where none is,
 * all that are there.
 */
public enum LinkFact {
  /** A current network is. */
  METERED,
  /** A current network is. */
  ROAMING,
  /** A VPN is there. */
  VPN
}
