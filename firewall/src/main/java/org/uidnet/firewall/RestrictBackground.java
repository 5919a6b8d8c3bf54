package org.uidnet.firewall;

/** How data saver stands for a UID: Android's {@code getRestrictBackgroundStatus}. */
public enum RestrictBackground {
  /** Data saver is off. */
  DISABLED(1),
  /** Data saver is on, and the UID exempt. */
  WHITELISTED(2),
  /** The UID may not use metered networks in the background. */
  ENABLED(3);

  private final int number;

  RestrictBackground(int number) {
    this.number = number;
  }

  /** Android's. */
  public int number() {
    return number;
  }
}
