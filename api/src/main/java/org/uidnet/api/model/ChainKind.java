package org.uidnet.api.model;

import org.uidnet.firewall.Chain;

/** What being on a chain's list means. */
public enum ChainKind {
  /** Blocks all UIDs but those on its list. */
  ALLOWLIST,
  /** Blocks the UIDs on its list. */
  DENYLIST;

  public static ChainKind of(Chain.Kind kind) {
    return kind.isAllowlist() ? ALLOWLIST : DENYLIST;
  }
}
