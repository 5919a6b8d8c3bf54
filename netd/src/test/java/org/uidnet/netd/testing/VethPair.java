package org.uidnet.netd.testing;

import static org.uidnet.netd.testing.Commands.line;

import org.uidnet.programs.Traffic;

/**
 * Two network namespaces of a test's own, joined by a veth pair. Neighbours are set by hand and
 * address detection is off, so that little but the test's traffic crosses it (the kernel's
 * multicast reports still do).
 */
public final class VethPair implements AutoCloseable {
  private static final String[] OFFLOADS = {
    "tso",
    "gso",
    "gro",
    "tx-udp-segmentation",
    "tx-gso-list",
    "rx-gro-list",
    "rx-udp-gro-forwarding"
  };

  private static final int LINK_HEADER = 14;

  private final String name;
  private final int mtu;
  private final boolean offloads;

  /** Makes the pair; {@code name} is a few letters, unique among tests that run at once. */
  public VethPair(String name, int mtu, boolean offloads) {
    this.name = "uidnet-" + name;
    this.mtu = mtu;
    this.offloads = offloads;
    try {
      create();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  public String clientNamespace() {
    return name + "-a";
  }

  public String serverNamespace() {
    return name + "-b";
  }

  public String serverAddress(boolean ipv6) {
    return ipv6 ? "fd00:77::2" : "10.77.0.2";
  }

  /** Runs a command in a namespace. */
  public String in(String namespace, String format, Object... arguments) {
    return line("ip netns exec %s " + format, prepend(namespace, arguments));
  }

  /** The device's own counters, from the network header on. */
  public Traffic counters(String namespace) {
    long rxPackets = counter(namespace, "rx_packets");
    long txPackets = counter(namespace, "tx_packets");
    return new Traffic(
        counter(namespace, "rx_bytes") - LINK_HEADER * rxPackets,
        rxPackets,
        counter(namespace, "tx_bytes") - LINK_HEADER * txPackets,
        txPackets);
  }

  /** Traffic of nobody in the cgroup: pings, and the ARP that one of them needs. */
  public void strangers() {
    in(clientNamespace(), "ip neigh del 10.77.0.2 dev veth0");
    in(clientNamespace(), "ping -q -c 3 -i 0.01 10.77.0.2");
    in(serverNamespace(), "ping -q -c 2 -i 0.01 fd00:77::1");
    meet(clientNamespace(), serverNamespace(), 2);
  }

  private long counter(String namespace, String name) {
    return Long.parseLong(in(namespace, "cat /sys/class/net/veth0/statistics/" + name));
  }

  private void create() {
    line("ip netns add %s", clientNamespace());
    line("ip netns add %s", serverNamespace());
    line(
        "ip link add veth0 mtu %d netns %s type veth peer name veth0 mtu %d netns %s",
        mtu, clientNamespace(), mtu, serverNamespace());
    join();
  }

  /** Removes the pair and makes it again, at both ends with that index. */
  public void makeAgain(int ifindex) {
    in(clientNamespace(), "ip link del veth0");
    line(
        "ip link add veth0 index %d mtu %d netns %s type veth peer name veth0 index %d mtu %d netns %s",
        ifindex, mtu, clientNamespace(), ifindex, mtu, serverNamespace());
    join();
  }

  private void join() {
    configure(clientNamespace(), 1);
    configure(serverNamespace(), 2);
    meet(clientNamespace(), serverNamespace(), 2);
    meet(serverNamespace(), clientNamespace(), 1);
  }

  private void configure(String namespace, int host) {
    in(namespace, "sysctl -qw net.ipv6.conf.all.router_solicitations=0");
    in(namespace, "sysctl -qw net.ipv6.conf.veth0.router_solicitations=0");
    in(namespace, "sysctl -qw net.ipv6.conf.veth0.accept_dad=0");
    in(namespace, "ip link set veth0 multicast off");
    in(namespace, "ip link set lo up");
    in(namespace, "ip addr add 10.77.0.%d/24 dev veth0", host);
    in(namespace, "ip addr add fd00:77::%d/64 dev veth0 nodad", host);
    if (!offloads) {
      for (String feature : OFFLOADS) {
        in(namespace, "ethtool -K veth0 %s off", feature);
      }
    }
    in(namespace, "ip link set veth0 up");
  }

  private void meet(String namespace, String other, int host) {
    String address = in(other, "cat /sys/class/net/veth0/address");
    in(namespace, "ip neigh replace 10.77.0.%d lladdr %s dev veth0 nud permanent", host, address);
    in(namespace, "ip neigh replace fd00:77::%d lladdr %s dev veth0 nud permanent", host, address);
  }

  private static Object[] prepend(Object first, Object... rest) {
    Object[] all = new Object[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  @Override
  public void close() {
    for (String namespace : new String[] {clientNamespace(), serverNamespace()}) {
      if (line("ip netns list").contains(namespace)) {
        line("ip netns del %s", namespace);
      }
    }
  }
}
