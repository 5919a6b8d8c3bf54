package org.uidnet.firewall;

import java.util.Locale;

/** What the device may be, as those tell who look after it. */
public enum DeviceFlag {
  /** It dozes: nobody has used it for long. */
  DEVICE_IDLE,
  BATTERY_SAVER,
  /** On metered networks, only UIDs on {@code metered-allow} pass. */
  DATA_SAVER,
  /** Only holders of the permission to use restricted networks pass. */
  RESTRICTED_MODE,
  LOW_POWER_STANDBY,
  /** Idle UIDs are not blocked meanwhile: Android's parole. */
  CHARGING,
  /** Decides nothing by itself. */
  SCREEN_ON;

  /** As it is stored and told: {@code device-idle}. */
  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
