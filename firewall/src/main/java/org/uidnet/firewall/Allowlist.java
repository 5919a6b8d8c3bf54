package org.uidnet.firewall;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists that say whom states of the device spare. Chains' lists are made of them. */
public enum Allowlist {
  /** Spared while the device dozes or saves power, and while the UID is idle. */
  POWER_SAVE,
  /** The same, but not while the device dozes. */
  POWER_SAVE_EXCEPT_IDLE,
  LOW_POWER_STANDBY;

  /** The name used outside, for example {@code power-save}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<Allowlist> of(String label) {
    return Arrays.stream(values()).filter(list -> list.label().equals(label)).findFirst();
  }
}
