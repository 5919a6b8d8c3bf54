package org.uidnet.firewall;

import java.util.List;
import org.uidnet.programs.Networks;
import org.uidnet.programs.Traffic;

/** Interfaces of tests: three of the host beside loopback, one of a container. */
final class Interfaces {
  static final long HOST = 7;
  static final long CONTAINER = 9;

  static final Networks.Interface LO = host(1, "lo");
  static final Networks.Interface WLAN = host(2, "wlan0");
  static final Networks.Interface MOBILE = host(3, "rmnet0");
  static final Networks.Interface VPN = host(4, "tun0");
  static final Networks.Interface FOREIGN = of(CONTAINER, false, 2, "eth0");
  static final List<Networks.Interface> ALL = List.of(LO, WLAN, MOBILE, VPN, FOREIGN);

  private Interfaces() {}

  static Networks.Interface host(int ifindex, String name) {
    return of(HOST, true, ifindex, name);
  }

  private static Networks.Interface of(long netns, boolean host, int ifindex, String name) {
    return new Networks.Interface(
        netns, host, ifindex, name, "veth", 14, Networks.View.WIRE, Traffic.NONE);
  }
}
