package org.uidnet.netd.testing;

import java.util.Set;
import java.util.TreeSet;
import org.uidnet.firewall.DeviceFlag;
import org.uidnet.firewall.UidPolicy;

/**
 * What blocks an app, by Android's table (reference/android.md 4.1 to 4.4), from nothing but what
 * was told: no chains, lists or bits.
 *
 * @param device flags that are on, data saver as the user set it
 * @param foreground whether its processes were told to be TOP
 * @param allowlists names of those that it is on
 * @param idle whether it was told to be
 * @param backgroundRules whether the chain of that name is enabled
 */
public record PhoneOracle(
    Set<DeviceFlag> device,
    boolean foreground,
    Set<String> allowlists,
    boolean idle,
    UidPolicy policy,
    boolean restrictedNetworks,
    boolean backgroundRules) {

  public Set<String> reasons(long uid, boolean metered) {
    Set<String> reasons = new TreeSet<>();
    if (uid < 10_000) {
      return reasons;
    }
    boolean saved = allowlists.contains("power-save");
    boolean savedUnlessIdle = saved || allowlists.contains("power-save-except-idle");
    add(reasons, "DOZE", is(DeviceFlag.DEVICE_IDLE) && !foreground && !saved);
    add(reasons, "BATTERY_SAVER", is(DeviceFlag.BATTERY_SAVER) && !foreground && !savedUnlessIdle);
    add(
        reasons,
        "APP_STANDBY",
        idle && !is(DeviceFlag.CHARGING) && !foreground && !savedUnlessIdle);
    add(reasons, "RESTRICTED_MODE", is(DeviceFlag.RESTRICTED_MODE) && !restrictedNetworks);
    add(
        reasons,
        "LOW_POWER_STANDBY",
        is(DeviceFlag.LOW_POWER_STANDBY)
            && !foreground
            && !allowlists.contains("low-power-standby"));
    add(reasons, "APP_BACKGROUND", backgroundRules && !foreground && !savedUnlessIdle);
    if (metered) {
      addMetered(reasons);
    }
    return reasons;
  }

  /** Battery saver brings data saver with it. */
  private void addMetered(Set<String> reasons) {
    boolean dataSaver = is(DeviceFlag.DATA_SAVER) || is(DeviceFlag.BATTERY_SAVER);
    add(
        reasons,
        "METERED_DATA_SAVER",
        dataSaver && !foreground && policy != UidPolicy.ALLOW_METERED_BACKGROUND);
    add(
        reasons,
        "METERED_USER_RESTRICTED",
        policy == UidPolicy.REJECT_METERED_BACKGROUND && !foreground);
  }

  private boolean is(DeviceFlag flag) {
    return device.contains(flag);
  }

  private static void add(Set<String> reasons, String reason, boolean holds) {
    if (holds) {
      reasons.add(reason);
    }
  }
}
