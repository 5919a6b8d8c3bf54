package org.uidnet.netd.daemon;

import java.util.Locale;
import org.uidnet.firewall.Exemptions;

/** Whose UIDs belong to the system, so that rules spare them. */
public enum Profile {
  /** Below 1000, and systemd's dynamic users: spared by allowlists, data saver and lockdown. */
  LINUX(Exemptions.LINUX),
  /** Below 10000: spared by every rule. */
  ANDROID(Exemptions.ANDROID);

  private final Exemptions exemptions;

  Profile(Exemptions exemptions) {
    this.exemptions = exemptions;
  }

  Exemptions exemptions() {
    return exemptions;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
