package org.uidnet.simulator.scenario;

import java.util.OptionalLong;

/**
 * A network namespace beside the host's.
 *
 * @param owner who made it with {@code unshare -Ur}; empty: root, so that its UIDs are the host's
 */
public record NamespaceSpec(String name, OptionalLong owner) {
  /** The host's end of the pair whose other end is {@code eth0} inside. */
  public String hostInterface() {
    return "veth-" + name;
  }
}
