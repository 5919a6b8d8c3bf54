package org.uidnet.firewall;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is told of the device and its UIDs as it is stored: a flag or a list of UIDs a line. Pure.
 */
final class StateText {
  private static final String CHOSEN = "data-saver-chosen";
  private static final String IDLE = "idle ";
  private static final String REJECT = "reject-metered-background ";
  private static final String ALLOW = "allow-metered-background ";

  private StateText() {}

  static List<String> lines(Setting.State state) {
    if (state instanceof Setting.Device document) {
      Stream<String> flags = document.flags().stream().map(DeviceFlag::label);
      return Stream.concat(flags, document.dataSaverChosen() ? Stream.of(CHOSEN) : Stream.of())
          .toList();
    }
    if (state instanceof Setting.UidPolicies document) {
      return Stream.of(
              SettingText.list(REJECT, document.rejectMetered()),
              SettingText.list(ALLOW, document.allowMetered()))
          .flatMap(Optional::stream)
          .toList();
    }
    return SettingText.list(IDLE, ((Setting.IdleUids) state).uids()).stream().toList();
  }

  static Setting.Device device(List<String> lines) {
    Set<DeviceFlag> flags = EnumSet.noneOf(DeviceFlag.class);
    Arrays.stream(DeviceFlag.values())
        .filter(flag -> lines.contains(flag.label()))
        .forEach(flags::add);
    return new Setting.Device(flags, lines.contains(CHOSEN));
  }

  static Setting.IdleUids idleUids(List<String> lines) {
    return new Setting.IdleUids(SettingText.uids(lines, IDLE));
  }

  static Setting.UidPolicies uidPolicies(List<String> lines) {
    return new Setting.UidPolicies(SettingText.uids(lines, REJECT), SettingText.uids(lines, ALLOW));
  }
}
