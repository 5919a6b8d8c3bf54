package org.uidnet.netd.differential;

import java.util.HexFormat;

/**
 * A packet as it comes to a hook.
 *
 * @param mark of netfilter or the driver
 * @param bytes from the network header on
 */
record Packet(
    boolean egress,
    int ifindex,
    int etherType,
    int gsoSize,
    int gsoSegments,
    int mark,
    byte[] bytes) {
  @Override
  public String toString() {
    return "%s on %d, type %04x, gso %d/%d, mark %08x, %d bytes %s"
        .formatted(
            egress ? "egress" : "ingress",
            ifindex,
            etherType,
            gsoSize,
            gsoSegments,
            mark,
            bytes.length,
            HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 128)));
  }
}
