package org.uidnet.simulator.scenario;

/** What a device may be, by the clock. */
public enum DeviceFlag {
  SCREEN,
  CHARGING,
  IDLE,
  BATTERY_SAVER,
  DATA_SAVER;
}
