package org.uidnet.netd.networks;

import java.util.Optional;
import java.util.Set;
import org.uidnet.programs.Networks.View;
import org.uidnet.programs.Traffic;

/**
 * How a kind of device counts.
 *
 * @param kind as shown: the kernel's name of the kind, {@code loopback} or {@code physical}
 * @param rxHeader bytes of link header in each received packet's count
 * @param txHeader the same for sent packets
 * @param view what it counts for a packet of many segments
 */
record DeviceCounting(String kind, int rxHeader, int txHeader, View view) {
  private static final int ARPHRD_ETHER = 1;
  private static final int ARPHRD_LOOPBACK = 772;
  private static final int ETHERNET_HEADER = 14;
  private static final String LOOPBACK = "loopback";
  private static final String PHYSICAL = "physical";

  /*
   * Tried on 6.18 with UDP of a known size: lo, tun and vxlan count no link header; veth, tap and
   * virtio 14 both ways; macvlan 14 received (ARP) and sent; bridge 14 sent, none received. The
   * others are read from the kernel's source: they count in the same places, behind eth_type_trans
   * (receiving) or in iptunnel_xmit (sending).
   */
  private static final Set<String> TUNNELS_OF_FRAMES =
      Set.of("vxlan", "geneve", "gretap", "ip6gretap", "erspan", "ip6erspan");
  private static final Set<String> RECEIVE_WITHOUT_HEADER =
      Set.of("bridge", "vlan", "openvswitch", "vrf");

  /** Paravirtual: it has no kind of its own, hands whole packets to the host and counts those. */
  private static final Set<String> COUNT_WHOLE_PACKETS = Set.of("virtio_net");

  /**
   * @param type hardware type, an {@code ARPHRD_} number
   * @param kind of virtual devices
   * @param driver of the others, where it tells
   * @param segments whether it takes TCP packets of many segments; empty where it does not tell
   */
  static DeviceCounting of(
      int type, Optional<String> kind, Optional<String> driver, Optional<Boolean> segments) {
    boolean hardware =
        isHardware(type, kind) && driver.filter(COUNT_WHOLE_PACKETS::contains).isEmpty();
    View view = hardware || !segments.orElse(false) ? View.WIRE : View.DEVICE;
    return new DeviceCounting(
        kind.orElse(type == ARPHRD_LOOPBACK ? LOOPBACK : PHYSICAL),
        rxHeader(type, kind.orElse("")),
        txHeader(type, kind.orElse("")),
        view);
  }

  /** Whether only the driver can tell what it is. */
  static boolean isHardware(int type, Optional<String> kind) {
    return kind.isEmpty() && type != ARPHRD_LOOPBACK;
  }

  private static int txHeader(int type, String kind) {
    return type != ARPHRD_ETHER || TUNNELS_OF_FRAMES.contains(kind) ? 0 : ETHERNET_HEADER;
  }

  private static int rxHeader(int type, String kind) {
    return RECEIVE_WITHOUT_HEADER.contains(kind) ? 0 : txHeader(type, kind);
  }

  int linkHeader() {
    return Math.max(rxHeader, txHeader);
  }

  /** The counters as if the device counted {@link #linkHeader()} in both directions. */
  Traffic withHeaders(Traffic counters) {
    return new Traffic(
        counters.rxBytes() + (linkHeader() - rxHeader) * counters.rxPackets(),
        counters.rxPackets(),
        counters.txBytes() + (linkHeader() - txHeader) * counters.txPackets(),
        counters.txPackets());
  }
}
