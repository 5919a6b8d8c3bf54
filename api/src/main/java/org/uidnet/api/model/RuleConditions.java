package org.uidnet.api.model;

import java.util.Optional;

/**
 * When an own rule or profile holds: all that is named must be so.
 *
 * @param metered whether a current network is; the current ones are those marked default, or all
 * @param vpn whether there is one
 * @param network name of a current network; {@code *} stands for any characters
 * @param time of day, such as {@code 22:00-06:00}, which ends on the next day
 * @param days on which the time begins, such as {@code mon-fri} or {@code sat,sun}
 * @param foreground whether the UID's processes are
 * @param quota id of one that is used up
 */
public record RuleConditions(
    Optional<Boolean> deviceIdle,
    Optional<Boolean> batterySaver,
    Optional<Boolean> dataSaver,
    Optional<Boolean> restrictedMode,
    Optional<Boolean> lowPowerStandby,
    Optional<Boolean> charging,
    Optional<Boolean> screenOn,
    Optional<Boolean> metered,
    Optional<Boolean> roaming,
    Optional<Boolean> vpn,
    Optional<Boolean> foreground,
    Optional<String> network,
    Optional<String> time,
    Optional<String> days,
    Optional<String> quota) {
  /** What they ask of the device. */
  public DeviceState device() {
    return new DeviceState(
        deviceIdle, batterySaver, dataSaver, restrictedMode, lowPowerStandby, charging, screenOn);
  }
}
