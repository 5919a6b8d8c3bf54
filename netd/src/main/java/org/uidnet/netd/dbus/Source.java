package org.uidnet.netd.dbus;

import java.util.List;
import java.util.Optional;
import org.freedesktop.dbus.matchrules.DBusMatchRule;

/**
 * Translates one service's properties. Everything is read anew at each look, so that a signal that
 * was lost, and a service that was started again, make no difference.
 */
interface Source {
  HostService service();

  /** Its well-known name on the bus. */
  String busName();

  /** Signals after which another look is worth it. */
  List<DBusMatchRule> signals();

  /**
   * What it says now; empty if it is not there.
   *
   * @throws BusException if it does not answer, or not as it should
   */
  Optional<Facts> read(ObjectReader bus);
}
