package org.uidnet.netd.dbus;

import java.util.Locale;

/** A service of a Linux host that tells of it over D-Bus. */
public enum HostService {
  /** Whether mains power is there, and how full the battery is. */
  UPOWER,
  /** Whether somebody looks at the screen, and when the host goes to sleep. */
  LOGIND,
  /** What networks interfaces are connected to, and which of those are metered. */
  NETWORKMANAGER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
