package org.uidnet.simulator.scenario;

/** Protocol and IP version of an exchange; without a version each exchange takes either. */
public enum Transport {
  TCP,
  TCP4,
  TCP6,
  UDP,
  UDP4,
  UDP6,
  PING,
  PING4,
  PING6;

  public boolean isTcp() {
    return name().startsWith("TCP");
  }

  public boolean isPing() {
    return name().startsWith("PING");
  }

  /** Whether it goes by IPv6, where that is left to chance. */
  public boolean isIpv6(boolean chance) {
    return name().endsWith("6") || (chance && !name().endsWith("4"));
  }
}
