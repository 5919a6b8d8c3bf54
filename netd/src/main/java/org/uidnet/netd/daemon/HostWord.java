package org.uidnet.netd.daemon;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.uidnet.firewall.Author;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.FirewallService;
import org.uidnet.firewall.Setting;
import org.uidnet.firewall.Terms;
import org.uidnet.netd.dbus.Facts;
import org.uidnet.netd.dbus.HostListener;
import org.uidnet.netd.dbus.HostService;

/**
 * Has policy know what services of the host say, each in its own name. The last word holds, theirs
 * or that of somebody who changes the same by hand.
 */
final class HostWord implements HostListener {
  private final FirewallService firewall;
  private final Runnable snapshot;

  /**
   * For a daemon.
   *
   * @param snapshot stores what was counted until now
   */
  HostWord(FirewallService firewall, Runnable snapshot) {
    this.firewall = firewall;
    this.snapshot = snapshot;
  }

  @Override
  public void said(HostService by, Facts before, Facts now) {
    Terms terms = Terms.of(Author.ofService(by.toString()));
    Map<DeviceFlag, Boolean> flags = newFlags(before, now);
    if (!flags.isEmpty()) {
      firewall.update(Setting.Device.class, device -> device.with(flags), terms);
    }
    if (!now.networks().equals(before.networks())) {
      firewall.update(Setting.Interfaces.class, said -> with(said, before, now), terms);
    }
  }

  private static Map<DeviceFlag, Boolean> newFlags(Facts before, Facts now) {
    Map<DeviceFlag, Boolean> flags = new EnumMap<>(DeviceFlag.class);
    flags.putAll(now.device());
    flags.entrySet().removeAll(before.device().entrySet());
    return flags;
  }

  private static Setting.Interfaces with(Setting.Interfaces said, Facts before, Facts now) {
    Set<String> names = new TreeSet<>(before.networks().keySet());
    names.addAll(now.networks().keySet());
    Setting.Interfaces all = said;
    for (String name : names) {
      Setting.Attributes attributes = all.of(name);
      Setting.Attributes changed = with(attributes, before.network(name), now.network(name));
      all = changed.equals(attributes) ? all : all.with(name, changed);
    }
    return all;
  }

  private static Setting.Attributes with(
      Setting.Attributes attributes, Facts.Network before, Facts.Network now) {
    Setting.Attributes changed = attributes;
    if (now.metered() != before.metered()) {
      changed = changed.withMetered(now.metered());
    }
    return now.name().equals(before.name()) ? changed : changed.withNetwork(now.name());
  }

  @Override
  public void fallsAsleep() {
    snapshot.run();
  }

  /** What ended meanwhile, and what the hour has changed, is due now. */
  @Override
  public void wokeUp() {
    firewall.round();
  }
}
