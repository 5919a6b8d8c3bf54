package org.uidnet.firewall;

/** A UID's rule on a chain. */
public enum Rule {
  ALLOW,
  DENY,
  /** To be set only: what UIDs have that are not listed, DENY on allowlists, ALLOW on denylists. */
  DEFAULT
}
