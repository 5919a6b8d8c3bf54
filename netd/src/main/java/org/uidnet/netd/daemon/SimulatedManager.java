package org.uidnet.netd.daemon;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.Firewall;
import org.uidnet.firewall.FirewallException;
import org.uidnet.firewall.ProcessReport;
import org.uidnet.firewall.ProcessState;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Terms;
import org.uidnet.simulator.world.DeviceState;
import org.uidnet.simulator.world.World;

/**
 * Tells the firewall of a simulated host what a phone's system would tell: how the device is, who
 * is in the foreground, which networks are metered. Only what is other than it was last told. For
 * the world's thread.
 */
final class SimulatedManager {
  private static final Logger LOG = LoggerFactory.getLogger(SimulatedManager.class);
  private static final Author AUTHOR = Author.ofDaemon("the simulated device");
  private static final Terms TERMS = Terms.of(AUTHOR);

  private static final Setting.Attributes METERED =
      new Setting.Attributes(true, false, false, Optional.empty(), Optional.empty(), false);

  private final World world;

  /** Empty before the first time. */
  private Map<DeviceFlag, Boolean> flags = Map.of();

  private final Map<Long, ProcessState> processes = new TreeMap<>();
  private String boot = "";

  SimulatedManager(World world) {
    this.world = world;
  }

  void tell(Firewall firewall) {
    try {
      tellDevice(firewall);
      tellProcesses(firewall);
    } catch (FirewallException e) {
      LOG.debug("the simulated device was not heard", e); // health says why
    }
  }

  /** At first all of it: what an earlier device was is of no interest. */
  private void tellDevice(Firewall firewall) {
    Map<DeviceFlag, Boolean> now = flags();
    if (flags.isEmpty()) {
      firewall.replace(Setting.Device.of().with(now), TERMS);
      world.metered().forEach(name -> tellMetered(firewall, name));
    } else if (!now.equals(flags)) {
      Map<DeviceFlag, Boolean> changes = new EnumMap<>(now);
      changes.entrySet().removeAll(flags.entrySet());
      firewall.update(Setting.Device.class, before -> before.with(changes), TERMS);
    }
    flags = now;
  }

  private Map<DeviceFlag, Boolean> flags() {
    DeviceState device = world.device();
    return Map.of(
        DeviceFlag.SCREEN_ON, device.screen(),
        DeviceFlag.CHARGING, device.charging(),
        DeviceFlag.DEVICE_IDLE, device.idle(),
        DeviceFlag.BATTERY_SAVER, device.batterySaver(),
        DeviceFlag.DATA_SAVER, device.dataSaver());
  }

  private static void tellMetered(Firewall firewall, String name) {
    firewall.update(Setting.Interfaces.class, before -> before.with(name, METERED), TERMS);
  }

  /** All that it tells of interfaces. */
  static Setting.Interfaces interfaces(World world) {
    Setting.Interfaces told = Setting.Interfaces.none();
    for (String name : world.metered()) {
      told = told.with(name, METERED);
    }
    return told;
  }

  /** Whoever was in the foreground in this boot has processes that the user left. */
  private void tellProcesses(Firewall firewall) {
    if (!boot.equals(world.boot().id())) {
      boot = world.boot().id();
      processes.clear();
    }
    Set<Long> foreground = world.foreground();
    Map<Long, ProcessReport> changes = new TreeMap<>();
    foreground.forEach(uid -> note(changes, uid, ProcessState.TOP));
    for (long uid : Set.copyOf(processes.keySet())) {
      if (!foreground.contains(uid)) {
        note(changes, uid, ProcessState.LAST_ACTIVITY);
      }
    }
    if (!changes.isEmpty()) {
      firewall.reportProcesses(changes, AUTHOR);
    }
  }

  private void note(Map<Long, ProcessReport> changes, long uid, ProcessState state) {
    if (processes.put(uid, state) != state) {
      changes.put(uid, new ProcessReport(state, Set.of(), Optional.empty()));
    }
  }
}
