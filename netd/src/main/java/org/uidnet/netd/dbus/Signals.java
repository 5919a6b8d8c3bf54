package org.uidnet.netd.dbus;

import java.util.List;
import java.util.stream.Stream;
import org.freedesktop.dbus.matchrules.DBusMatchRule;
import org.freedesktop.dbus.matchrules.DBusMatchRuleBuilder;
import org.freedesktop.dbus.messages.constants.MessageTypes;

/**
 * Which signals say that something has changed. None names its sender: the library compares that
 * with the sender's number on the bus, not with its name.
 */
final class Signals {
  private Signals() {}

  /** Properties of any object change that have these interfaces. */
  static List<DBusMatchRule> propertiesOf(String... interfaces) {
    return Stream.of(interfaces)
        .map(
            iface ->
                signal("org.freedesktop.DBus.Properties", "PropertiesChanged")
                    .withArg0123(0, iface)
                    .build())
        .toList();
  }

  /** The service comes or goes. */
  static DBusMatchRule ownerOf(String busName) {
    return signal("org.freedesktop.DBus", "NameOwnerChanged").withArg0123(0, busName).build();
  }

  static DBusMatchRule named(String iface, String member) {
    return signal(iface, member).build();
  }

  private static DBusMatchRuleBuilder signal(String iface, String member) {
    return DBusMatchRuleBuilder.create()
        .withType(MessageTypes.SIGNAL)
        .withInterface(iface)
        .withMember(member);
  }
}
