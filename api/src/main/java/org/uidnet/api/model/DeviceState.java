package org.uidnet.api.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.uidnet.firewall.DeviceFlag;

/**
 * The state of the device: {@code /v1/device-state}. A change names what is to be changed.
 *
 * @param deviceIdle whether it dozes: nobody has used it for long
 * @param batterySaver brings {@code dataSaver} with it until that is set otherwise
 * @param restrictedMode whether only holders of the permission to use restricted networks pass
 * @param charging whether idle UIDs are spared
 * @param screenOn decides nothing by itself
 */
public record DeviceState(
    Optional<Boolean> deviceIdle,
    Optional<Boolean> batterySaver,
    Optional<Boolean> dataSaver,
    Optional<Boolean> restrictedMode,
    Optional<Boolean> lowPowerStandby,
    Optional<Boolean> charging,
    Optional<Boolean> screenOn) {

  /** All of it. */
  public static DeviceState of(Predicate<DeviceFlag> flags) {
    Map<DeviceFlag, Boolean> all = new EnumMap<>(DeviceFlag.class);
    for (DeviceFlag flag : DeviceFlag.values()) {
      all.put(flag, flags.test(flag));
    }
    return changing(all);
  }

  /** A change of these only. */
  public static DeviceState changing(Map<DeviceFlag, Boolean> changes) {
    return new DeviceState(
        Optional.ofNullable(changes.get(DeviceFlag.DEVICE_IDLE)),
        Optional.ofNullable(changes.get(DeviceFlag.BATTERY_SAVER)),
        Optional.ofNullable(changes.get(DeviceFlag.DATA_SAVER)),
        Optional.ofNullable(changes.get(DeviceFlag.RESTRICTED_MODE)),
        Optional.ofNullable(changes.get(DeviceFlag.LOW_POWER_STANDBY)),
        Optional.ofNullable(changes.get(DeviceFlag.CHARGING)),
        Optional.ofNullable(changes.get(DeviceFlag.SCREEN_ON)));
  }

  /** The states by the names that commands give them: {@code device-idle}. */
  public static List<String> keys() {
    return Arrays.stream(DeviceFlag.values()).map(DeviceState::key).toList();
  }

  private static String key(DeviceFlag flag) {
    return flag.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A change by those names.
   *
   * @throws IllegalArgumentException if there is no such state
   */
  public static DeviceState changingKeys(Map<String, Boolean> changes) {
    Map<DeviceFlag, Boolean> flags = new EnumMap<>(DeviceFlag.class);
    changes.forEach((key, on) -> flags.put(flag(key), on));
    return changing(flags);
  }

  private static DeviceFlag flag(String key) {
    return Arrays.stream(DeviceFlag.values())
        .filter(flag -> key(flag).equals(key))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no state: " + key));
  }

  /** What it names. */
  public Map<DeviceFlag, Boolean> named() {
    Map<DeviceFlag, Boolean> named = new EnumMap<>(DeviceFlag.class);
    deviceIdle.ifPresent(on -> named.put(DeviceFlag.DEVICE_IDLE, on));
    batterySaver.ifPresent(on -> named.put(DeviceFlag.BATTERY_SAVER, on));
    dataSaver.ifPresent(on -> named.put(DeviceFlag.DATA_SAVER, on));
    restrictedMode.ifPresent(on -> named.put(DeviceFlag.RESTRICTED_MODE, on));
    lowPowerStandby.ifPresent(on -> named.put(DeviceFlag.LOW_POWER_STANDBY, on));
    charging.ifPresent(on -> named.put(DeviceFlag.CHARGING, on));
    screenOn.ifPresent(on -> named.put(DeviceFlag.SCREEN_ON, on));
    return named;
  }
}
