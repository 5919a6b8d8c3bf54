package org.uidnet.netd.dbus;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.uidnet.firewall.DeviceFlag;

/**
 * Power, as UPower tells it. A host that has no battery is never off the charger: nothing is said.
 */
final class Upower implements Source {
  private static final String NAME = "org.freedesktop.UPower";
  private static final String PATH = "/org/freedesktop/UPower";
  private static final String DEVICE = "org.freedesktop.UPower.Device";

  /** All batteries as one. */
  private static final String BATTERY = PATH + "/devices/DisplayDevice";

  private final OptionalInt batterySaverAt;

  /**
   * Of a host.
   *
   * @param batterySaverAt as in {@link InputConfig}
   */
  Upower(OptionalInt batterySaverAt) {
    this.batterySaverAt = batterySaverAt;
  }

  @Override
  public HostService service() {
    return HostService.UPOWER;
  }

  @Override
  public String busName() {
    return NAME;
  }

  @Override
  public List<DBusMatchRule> signals() {
    return Signals.propertiesOf(NAME, DEVICE);
  }

  @Override
  public Optional<Facts> read(ObjectReader bus) {
    Optional<ObjectProperties> host = bus.properties(NAME, PATH, NAME);
    Optional<ObjectProperties> battery =
        bus.properties(NAME, BATTERY, DEVICE).filter(device -> device.flag("IsPresent"));
    return host.map(
        properties ->
            battery
                .map(device -> facts(properties.flag("OnBattery"), device.number("Percentage")))
                .orElse(Facts.NONE));
  }

  private Facts facts(boolean onBattery, double percent) {
    Map<DeviceFlag, Boolean> device = new EnumMap<>(DeviceFlag.class);
    device.put(DeviceFlag.CHARGING, !onBattery);
    batterySaverAt.ifPresent(
        least -> device.put(DeviceFlag.BATTERY_SAVER, onBattery && percent <= least));
    return Facts.ofDevice(device);
  }
}
