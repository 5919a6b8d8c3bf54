package org.uidnet.netd.dbus;

import java.util.Optional;

/** Reads what objects on a bus say of themselves. */
@FunctionalInterface
interface ObjectReader {
  /**
   * All properties of an object; empty if there is no such service or object. Starts no service.
   *
   * @throws BusException if the service does not answer
   */
  Optional<ObjectProperties> properties(String service, String path, String iface);
}
